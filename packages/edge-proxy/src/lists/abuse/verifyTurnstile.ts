import { logDefect } from '../../logDefect.ts';
import { toHex } from '../../toHex.ts';
import { TURNSTILE_TIMEOUT_MS } from './limits.ts';

interface Challenge {
  url: string;
  secret: string;
  token: string;
  ip: string | undefined;
  /** Of the sign-up: a try that comes again has spent its token already, and is answered as before. */
  id: string;
}

/** Asks Turnstile whether a token is a person's. What it cannot say is neither: nobody gets in by keeping it from answering. */
export async function verifyTurnstile({
  url,
  secret,
  token,
  ip,
  id,
}: Challenge): Promise<'passed' | 'failed' | 'unknown'> {
  try {
    const body = { secret, response: token, idempotency_key: await nameTry(token, id), ...(ip && { remoteip: ip }) };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TURNSTILE_TIMEOUT_MS),
    });
    const answer = await response.json<{ success?: boolean; 'error-codes'?: string[] }>();
    if (answer.success === true) return 'passed';
    const codes = answer['error-codes'] ?? [];
    // The token's fault or the visitor's; all else is Cloudflare's or a wrong secret's.
    if (codes.some((code) => /^(missing-input-response|invalid-input-response|timeout-or-duplicate)$/.test(code)))
      return 'failed';
    console.error(
      JSON.stringify({ message: 'turnstile not asked', status: response.status, codes: codes.slice(0, 5) }),
    );
  } catch (error) {
    logDefect('turnstile not asked', error);
  }
  return 'unknown';
}

/** Cloudflare wants a UUID: the first 16 bytes of a hash, written as one. */
async function nameTry(token: string, id: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${id}\n${token}`));
  const hex = toHex(new Uint8Array(hash, 0, 16));
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

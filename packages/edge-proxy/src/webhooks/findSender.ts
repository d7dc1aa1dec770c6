import { WEBHOOK_WINDOW_MS } from './limits.ts';

/** What proves where a webhook comes from. */
export interface Signed {
  body: string;
  signature: string | undefined;
  /** An HTTP date, which the signature covers after the body. */
  timestamp: string | undefined;
}

const encoder = new TextEncoder();

/**
 * The account whose secret a webhook of Klaviyo's is signed with; undefined for a forgery, and for what was signed too long
 * ago: somebody may have kept it. HMAC-SHA256 of the body and the timestamp, in hex.
 */
export async function findSender(
  { body, signature, timestamp }: Signed,
  secrets: ReadonlyMap<string, string>,
  nowMs: number,
): Promise<string | undefined> {
  const given = readHex(signature);
  // An unreadable date is not a number, and so within no window.
  const isTimely = Math.abs(Date.parse(timestamp ?? '') - nowMs) <= WEBHOOK_WINDOW_MS;
  if (!given || !isTimely) return undefined;
  for (const [account, secret] of secrets) {
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), HMAC, false, ['verify']);
    // Compares in constant time, so that no signature can be guessed byte by byte.
    if (await crypto.subtle.verify('HMAC', key, given, encoder.encode(body + timestamp))) return account;
  }
  return undefined;
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

function readHex(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/i.test(text ?? '')) return undefined;
  return Uint8Array.from(text?.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

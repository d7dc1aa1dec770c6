import { toHex } from '../toHex.ts';

const encoder = new TextEncoder();

/**
 * HMAC-SHA256 of `<timestamp>.<body>`, lower-case hex. The timestamp is signed too, so that a receiver can refuse what
 * somebody recorded and plays again.
 */
export async function signBody(secret: string, timestamp: string, body: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(`${timestamp}.${body}`));
  return toHex(signature);
}

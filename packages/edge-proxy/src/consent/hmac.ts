import { toHex } from '../toHex.ts';

const encoder = new TextEncoder();
const imported = new Map<string, Promise<CryptoKey>>();

/** HMAC-SHA256 in lower-case hex. `label` keeps uses of one secret apart. */
export async function hmacHex(secret: string, label: string, text: string): Promise<string> {
  return toHex(await crypto.subtle.sign('HMAC', await importKey(secret), encoder.encode(`${label}\n${text}`)));
}

function importKey(secret: string): Promise<CryptoKey> {
  let key = imported.get(secret);
  if (!key) {
    key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    imported.set(secret, key);
  }
  return key;
}

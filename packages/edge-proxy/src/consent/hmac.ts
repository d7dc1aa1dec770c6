const encoder = new TextEncoder();
const imported = new Map<string, Promise<CryptoKey>>();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** HMAC-SHA256 in lower-case hex. `label` keeps uses of one secret apart. */
export async function hmacHex(secret: string, label: string, text: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await importKey(secret), encoder.encode(`${label}\n${text}`));
  let hex = '';
  for (const byte of new Uint8Array(signature)) hex += HEX[byte];
  return hex;
}

function importKey(secret: string): Promise<CryptoKey> {
  let key = imported.get(secret);
  if (!key) {
    key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    imported.set(secret, key);
  }
  return key;
}

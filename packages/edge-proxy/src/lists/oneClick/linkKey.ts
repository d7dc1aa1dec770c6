const encoder = new TextEncoder();
const derived = new Map<string, Promise<CryptoKey>>();

/** The AES key of links under one of the ledger's keys: derived (HKDF, RFC 5869), so that neither use tells of the other. */
export function linkKey(secret: string): Promise<CryptoKey> {
  let key = derived.get(secret);
  if (!key) {
    key = derive(secret);
    derived.set(secret, key);
  }
  return key;
}

async function derive(secret: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode('one-click') };
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

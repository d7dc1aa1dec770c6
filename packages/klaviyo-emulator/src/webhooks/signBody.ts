const encoder = new TextEncoder();

/** Klaviyo-Signature: HMAC-SHA256 over the raw body and then the timestamp header, in lowercase hex. */
export async function signBody(secretKey: string, body: string, timestamp: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secretKey), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(body + timestamp));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

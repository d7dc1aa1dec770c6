/** A body as the request log may show it. Undefined, for a body that was no JSON, stays undefined. */
export function concealSecret(body: unknown): unknown {
  if (body === undefined) return undefined;
  return JSON.parse(JSON.stringify(body), (key, value) => (key === 'secret_key' ? '***' : value));
}

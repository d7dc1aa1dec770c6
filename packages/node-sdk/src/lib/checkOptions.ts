import type { SluiceOptions } from '../types.ts';

/** Throws on options that would quietly lose every event. A value is named, except that of the key. */
export function checkOptions({ secretKey, endpoint }: SluiceOptions): void {
  if (typeof secretKey !== 'string' || !/^[!-~]+$/.test(secretKey))
    throw new TypeError('secretKey must be the secret key of a server source, such as "sk_…": printable, no spaces.');
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint))
    throw new TypeError(
      `endpoint must be the proxy's origin, such as "https://events.example.com", not "${endpoint}".`,
    );
}

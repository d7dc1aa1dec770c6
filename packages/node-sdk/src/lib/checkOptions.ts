import { MAX_TIMER_MS } from '../limits.ts';
import type { SluiceOptions } from '../types.ts';

/** Throws on options that would quietly lose events. No text is named: it may be the key, in the wrong place. */
export function checkOptions(options: SluiceOptions): void {
  const { secretKey, endpoint } = options;
  if (typeof secretKey !== 'string' || !/^[!-~]+$/.test(secretKey))
    throw new TypeError('secretKey must be the secret key of a server source, such as "sk_…": printable, no spaces.');
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint))
    throw new TypeError(`endpoint must be the proxy's origin, such as "https://events.example.com".`);
  // A bound that was read from the environment and is NaN is no bound.
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'number' && !(value >= 0))
      throw new TypeError(`${name} must be a number of 0 or more, not ${value}.`);
    if (name.endsWith('Ms') && Number(value) > MAX_TIMER_MS)
      throw new TypeError(`${name} must be at most ${MAX_TIMER_MS}, which is the longest timer, not ${value}.`);
  }
  if (options.requestTimeoutMs === 0)
    throw new TypeError('requestTimeoutMs must be more than 0: no answer is as fast.');
}

import { MAX_RETRY_AFTER_MS, RETRY_BASE_MS, RETRY_CAP_MS } from '../limits.ts';

/** What the server asks for in Retry-After (RFC 9110, 10.2.3: seconds or a date) in ms; 0 if nothing usable. */
export function readRetryAfter(header: string | null | undefined, nowMs: number): number {
  const askedMs = +(header as string) * 1000 || Date.parse(header as string) - nowMs;
  return askedMs > 0 ? Math.min(askedMs, MAX_RETRY_AFTER_MS) : 0;
}

/** Full jitter: anywhere between nothing and the doubled limit, so that a crowd does not come back as one. */
export function pickRetryDelay(attempt: number, random: number): number {
  return random * Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt);
}

/**
 * Which answers leave the matter open: none at all, timeout, rate limit, the server's own failures; and a key or an
 * origin that the proxy does not know, which is the shop's mistake and soon mended. At a sign-up a person waits: a
 * refusal is an answer.
 */
export function isRetryable(status: number, isSignUp?: boolean): boolean {
  return (isSignUp ? /^0|408|429|5../ : /^0|40[138]|429|5../).test(`${status}`);
}

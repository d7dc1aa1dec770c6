import { MAX_RETRY_AFTER_MS, RETRY_BASE_MS, RETRY_CAP_MS } from '../limits.ts';

/** What the server asks for in Retry-After (RFC 9110, 10.2.3: seconds or a date) in ms; 0 if nothing usable. */
export function readRetryAfter(header: string | null, nowMs: number): number {
  const askedMs = header ? +header * 1000 || Date.parse(header) - nowMs : 0;
  return askedMs > 0 ? Math.min(askedMs, MAX_RETRY_AFTER_MS) : 0;
}

/** Full jitter: anywhere between nothing and the doubled limit, so that a crowd does not come back as one. */
export function pickRetryDelay(attempt: number, random: number): number {
  return random * Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt);
}

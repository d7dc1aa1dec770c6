import type { RateLimit } from '../klaviyo/operations.ts';

/** One call to Klaviyo: `answeredMs` is null while it is on its way. Epoch milliseconds. */
export interface CallRecord {
  sentMs: number;
  answeredMs: number | null;
}

/**
 * When the next call of an operation may be sent: 0 means now, otherwise epoch milliseconds.
 *
 * Klaviyo counts fixed windows whose phase we cannot see and whose clock reads the call somewhere between our sending
 * and its answer. So a call counts from its sending until a whole window after its answer: then no window of Klaviyo's,
 * wherever it begins, can hold more calls than the limit.
 */
export function nextPermit(
  calls: readonly CallRecord[],
  { perSecond, perMinute }: RateLimit,
  share: number,
  nowMs: number,
): number {
  return Math.max(
    nextInWindow(calls, perSecond * share, 1000, nowMs),
    nextInWindow(calls, perMinute * share, 60_000, nowMs),
  );
}

function nextInWindow(calls: readonly CallRecord[], limit: number, windowMs: number, nowMs: number): number {
  const allowed = Math.max(1, Math.floor(limit));
  const freeAt = calls
    .map((call) => (call.answeredMs ?? Number.POSITIVE_INFINITY) + windowMs)
    .filter((ms) => ms > nowMs);
  if (freeAt.length < allowed) return 0;
  // Enough of the oldest must fall out that one place is free.
  return freeAt.sort((a, b) => a - b)[freeAt.length - allowed] ?? 0;
}

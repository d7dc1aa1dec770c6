/** Ours: nothing closes for longer on one answer's word, which a date of a clock a century off would. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Reads a Retry-After header (RFC 9110, 10.2.3): seconds or a date. Whole milliseconds; undefined when absent or unreadable. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const waitMs = header.trim() !== '' && Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, Math.ceil(waitMs)));
}

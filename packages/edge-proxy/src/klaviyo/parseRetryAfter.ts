/** Reads a Retry-After header (RFC 9110, 10.2.3): seconds or a date. Undefined when absent or unreadable, never negative. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const waitMs = header.trim() !== '' && Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

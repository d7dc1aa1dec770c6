import type { Assumptions } from '../assumptions.ts';

/** The window of a minute of the operation's own bucket, as a call leaves it. */
export interface SteadyWindow {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** The same of any of the operation's windows. */
export interface WindowState extends SteadyWindow {
  readonly lengthMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Null where limits are off. */
export function steadyOf(windows: readonly WindowState[]): SteadyWindow | null {
  const steady = windows.find(({ lengthMs }) => lengthMs === MINUTE_MS);
  return steady ? { limit: steady.limit, remaining: steady.remaining, resetSeconds: steady.resetSeconds } : null;
}

/** The three headers of an answer that is no 429: of the minute, or of all windows in the form of the IETF draft. */
export function rateHeaders(
  windows: readonly WindowState[],
  form: Assumptions['rateLimitHeaders'],
): Record<string, string> {
  const steady = steadyOf(windows);
  if (steady === null) return {};
  if (form === 'steady') return headersOf(steady, String(steady.limit));
  const binding = windows.reduce<SteadyWindow>(
    (least, window) => (window.remaining < least.remaining ? window : least),
    steady,
  );
  const quotas = windows.map(({ limit, lengthMs }) => `${limit};w=${lengthMs / SECOND_MS}`);
  return headersOf(binding, [binding.limit, ...quotas].join(', '));
}

function headersOf({ remaining, resetSeconds }: SteadyWindow, limit: string): Record<string, string> {
  return {
    'RateLimit-Limit': limit,
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
  };
}

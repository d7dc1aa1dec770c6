import { type Rate, TIERS, type Tier } from '../limits.ts';
import { hashText } from './hashText.ts';

export interface LimitOptions {
  /** @default true */
  enabled?: boolean;
  /** Multiplies every limit; each stays at least 1. @default 1 */
  scale?: number;
  /** Moves the phase of every window. @default 'emulator' */
  seed?: string;
  /** Limits of single operations, e.g. `{ create_event: { burstPerSecond: 1, steadyPerMinute: 2 } }`. */
  operations?: Record<string, Partial<Rate>>;
}

type Permit = { allowed: true; headers: Record<string, string> } | { allowed: false; retryAfterSeconds: number };

export interface Limiter {
  take(bucket: { account: string; operation: string; tier: Tier }, nowMs: number): Permit;
  configure(options: LimitOptions): void;
  options(): LimitOptions;
  reset(): void;
}

interface Window {
  readonly lengthMs: number;
  readonly limit: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Fixed windows per account and operation. Klaviyo's windows are out of phase with ours, so the phase is hashed. */
export function createLimiter(initial: LimitOptions = {}): Limiter {
  let options = initial;
  const counts = new Map<string, { index: number; used: number }>();

  function windowsOf(operation: string, tier: Tier): Window[] {
    const rate: Rate = { ...TIERS[tier], ...options.operations?.[operation] };
    const scaled = (limit: number) => Math.max(1, Math.floor(limit * (options.scale ?? 1)));
    const windows = [
      { lengthMs: SECOND_MS, limit: scaled(rate.burstPerSecond) },
      { lengthMs: MINUTE_MS, limit: scaled(rate.steadyPerMinute) },
    ];
    return rate.perDay === undefined ? windows : [...windows, { lengthMs: DAY_MS, limit: scaled(rate.perDay) }];
  }

  function look(bucket: string, window: Window, nowMs: number) {
    const key = `${bucket}/${window.lengthMs}`;
    const sinceStartMs = nowMs - (hashText(`${options.seed ?? 'emulator'}/${key}`) % window.lengthMs);
    const index = Math.floor(sinceStartMs / window.lengthMs);
    const kept = counts.get(key);
    const used = kept?.index === index ? kept.used : 0;
    const resetMs = (index + 1) * window.lengthMs - sinceStartMs;
    return { key, index, used, limit: window.limit, resetSeconds: Math.max(1, Math.ceil(resetMs / SECOND_MS)) };
  }

  return {
    take({ account, operation, tier }, nowMs) {
      if (options.enabled === false) return { allowed: true, headers: {} };
      const views = windowsOf(operation, tier).map((window) => look(`${account}/${operation}`, window, nowMs));
      const full = views.filter((view) => view.used >= view.limit);
      // A refused call is not counted: the window opens again when the clock says so, not when callers calm down.
      if (full.length > 0)
        return { allowed: false, retryAfterSeconds: Math.max(...full.map((view) => view.resetSeconds)) };
      for (const view of views) counts.set(view.key, { index: view.index, used: view.used + 1 });
      const steady = views[1];
      if (steady === undefined) return { allowed: true, headers: {} };
      // The guide: the three headers describe the steady window.
      return {
        allowed: true,
        headers: {
          'RateLimit-Limit': String(steady.limit),
          'RateLimit-Remaining': String(steady.limit - steady.used - 1),
          'RateLimit-Reset': String(steady.resetSeconds),
        },
      };
    },
    configure(wanted) {
      options = { ...options, ...wanted };
    },
    options: () => options,
    reset() {
      counts.clear();
    },
  };
}

import { type Rate, TIERS, type Tier } from '../limits.ts';
import { DEFAULT_SEED } from '../options.ts';
import type { Bucket } from './findBuckets.ts';
import { hashText } from './hashText.ts';
import type { WindowState } from './rateHeaders.ts';

export interface LimitOptions {
  /** @default true */
  enabled?: boolean;
  /** Multiplies every limit; each stays at least 1. @default 1 */
  scale?: number;
  /** Moves the phase of every window. @default the emulator's seed */
  seed?: string;
  /** Limits of single operations, e.g. `{ create_event: { burstPerSecond: 1, steadyPerMinute: 2 } }`. */
  operations?: Record<string, Partial<Rate>>;
}

/** `windows` are those of the operation's own bucket, as the call leaves them; none where limits are off. */
type Permit = { windows: readonly WindowState[] } & ({ allowed: true } | { allowed: false; retryAfterSeconds: number });

export interface Limiter {
  /** Takes one from every bucket, or from none when one of them is empty. */
  take(account: string, buckets: readonly Bucket[], nowMs: number): Permit;
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
    const sinceStartMs = nowMs - (hashText(`${options.seed ?? DEFAULT_SEED}/${key}`) % window.lengthMs);
    const index = Math.floor(sinceStartMs / window.lengthMs);
    const kept = counts.get(key);
    const used = kept?.index === index ? kept.used : 0;
    const resetMs = (index + 1) * window.lengthMs - sinceStartMs;
    const resetSeconds = Math.max(1, Math.ceil(resetMs / SECOND_MS));
    return { ...window, key, index, used, resetSeconds };
  }

  return {
    take(account, buckets, nowMs) {
      if (options.enabled === false) return { allowed: true, windows: [] };
      const views = buckets.flatMap(({ operation, tier }) =>
        windowsOf(operation, tier).map((window) => look(`${account}/${operation}`, window, nowMs)),
      );
      const full = views.filter((view) => view.used >= view.limit);
      // A refused call is not counted: the window opens again when the clock says so, not when callers calm down.
      const allowed = full.length === 0;
      if (allowed) for (const view of views) counts.set(view.key, { index: view.index, used: view.used + 1 });
      const own = buckets[0] ? windowsOf(buckets[0].operation, buckets[0].tier).length : 0;
      const windows = views.slice(0, own).map(({ limit, used, resetSeconds, lengthMs }) => {
        return { limit, remaining: Math.max(0, limit - used - (allowed ? 1 : 0)), resetSeconds, lengthMs };
      });
      if (allowed) return { allowed, windows };
      return { allowed, windows, retryAfterSeconds: Math.max(...full.map((view) => view.resetSeconds)) };
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

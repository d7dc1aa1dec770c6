import type { ErrorCode } from '@sluice/shared';
import type { Operation } from '../klaviyo/operations.ts';
import { PROBE_MS } from './limits.ts';

/** Something that Klaviyo closed: until when, and why. */
interface Stop {
  reason: ErrorCode;
  untilMs: number;
  /** When it was closed for this reason. */
  sinceMs?: number;
}

/** What is closed now: the whole account (a bad key), or single operations (a missing scope, a 429). */
export type Stops = Partial<Record<'account' | Operation, Stop>>;

/** When an operation may be called again: 0 means now. */
export function openAt(stops: Stops, operation: Operation): number {
  return Math.max(stops.account?.untilMs ?? 0, stops[operation]?.untilMs ?? 0);
}

/** When a 429's pause ends: it binds every call, also those that a job on its way makes besides its first. */
export function pausedUntil(stops: Stops, operation: Operation): number {
  const stop = stops[operation];
  return stop?.reason === 'klaviyo_rate_limited' ? stop.untilMs : 0;
}

/** The stops with the time since when each is closed: what was closed before for the same reason keeps its own. */
export function stampStops(stops: Stops, before: Stops, nowMs: number): Stops {
  const stamped = Object.entries(stops).map(([scope, stop]) => {
    const earlier = before[scope as keyof Stops];
    const sinceMs = earlier?.reason === stop.reason ? (earlier.sinceMs ?? nowMs) : nowMs;
    return [scope, { ...stop, sinceMs }];
  });
  return Object.fromEntries(stamped) as Stops;
}

/** A stopped account or operation is probed by one call at a time: the next one waits for a later turn. */
export function reserveProbe(stops: Stops, operation: Operation, nowMs: number): Stops {
  const next = { ...stops };
  for (const scope of ['account', operation] as const) {
    const stop = next[scope];
    if (stop && stop.reason !== 'klaviyo_rate_limited') next[scope] = { ...stop, untilMs: nowMs + PROBE_MS };
  }
  return next;
}

/** A call that Klaviyo took shows that key and operation are open. It may be older than a 429, whose time stands. */
export function clearStops(stops: Stops, operation: Operation, nowMs: number): Stops {
  const { account: _account, [operation]: stop, ...rest } = stops;
  const isPaused = stop?.reason === 'klaviyo_rate_limited' && stop.untilMs > nowMs;
  return isPaused ? { ...rest, [operation]: stop } : rest;
}

import { MAX_LIMIT_GROWTH } from '../deliver/limits.ts';
import type { RateLimit } from './operations.ts';

/**
 * The limit to keep: the table's, where Klaviyo's answers name another one theirs, down and up, because both happen (the
 * guide and the specification differ, accounts are granted more). Bounded, so that one odd header neither stops an
 * operation nor opens it to everything.
 */
export function followLimits(table: RateLimit, said: Partial<RateLimit> | undefined): RateLimit {
  return {
    perSecond: bound(said?.perSecond, table.perSecond),
    perMinute: bound(said?.perMinute, table.perMinute),
  };
}

function bound(said: number | undefined, usual: number): number {
  return said === undefined ? usual : Math.min(Math.max(said, 1), usual * MAX_LIMIT_GROWTH);
}

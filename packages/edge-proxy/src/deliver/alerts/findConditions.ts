import type { Config, ErrorCode } from '@sluice/shared';
import type { Operation } from '../../klaviyo/operations.ts';
import type { LaneName } from '../../map/item.ts';
import type { Backlog } from '../figures/readBacklog.ts';
import { laneOf } from '../lanes/index.ts';
import type { Stops } from '../stops.ts';
import type { Count } from '../tables/counters.ts';
import type { MinuteCount } from '../tables/minutes.ts';

/** Something that a person should know of for as long as it lasts. */
export type Condition =
  | { type: 'account_stopped'; reason: ErrorCode; sinceMs: number }
  | { type: 'operation_stopped'; operation: Operation; reason: ErrorCode; sinceMs: number }
  /** `oldestMs`: since when the oldest item waits. */
  | { type: 'backlog_old'; lane: string; oldestMs: number; sinceMs: number }
  /** Of the last hour's outcomes. */
  | { type: 'dead_share'; dead: number; outcomes: number; sinceMs: number }
  /** Opt-outs that `webhooks.optOuts` did not take in time. */
  | { type: 'opt_outs_untold'; dead: number; sinceMs: number }
  /** Opt-outs or erasures that Klaviyo has not heard of, whatever their share. */
  | { type: 'withdrawal_dead'; lane: LaneName; dead: number; sinceMs: number };

export interface Facts {
  stops: Stops;
  backlog: Readonly<Record<string, Backlog>>;
  /** The last hour. */
  minutes: readonly MinuteCount[];
  /** Opt-outs that `webhooks.optOuts` did not take in time, until they are told again. */
  deadOptOuts: number;
  /** Since the beginning. */
  counts: readonly Count[];
  nowMs: number;
}

/** What is wrong now. Pure: the thresholds are `delivery.alerts`. */
export function findConditions(facts: Facts, thresholds: Config['delivery']['alerts']): Condition[] {
  const { deadOptOuts, nowMs } = facts;
  return [
    ...findStops(facts),
    ...findOldBacklog(facts, thresholds),
    ...findDeadShare(facts, thresholds),
    ...(deadOptOuts > 0 ? [{ type: 'opt_outs_untold' as const, dead: deadOptOuts, sinceMs: nowMs }] : []),
    ...findDeadWithdrawals(facts),
  ];
}

function findStops({ stops, nowMs }: Facts): Condition[] {
  return Object.entries(stops).flatMap(([scope, { reason, sinceMs = nowMs }]): Condition[] => {
    // A 429 passes by itself, within Klaviyo's own time.
    if (reason === 'klaviyo_rate_limited') return [];
    if (scope === 'account') return [{ type: 'account_stopped', reason, sinceMs }];
    return [{ type: 'operation_stopped', operation: scope as Operation, reason, sinceMs }];
  });
}

function findOldBacklog({ backlog, nowMs }: Facts, { oldestMinutes }: Config['delivery']['alerts']): Condition[] {
  const [oldest] = Object.entries(backlog).sort(([, a], [, b]) => a.oldestMs - b.oldestMs);
  if (!oldest) return [];
  const [lane, { oldestMs }] = oldest;
  return nowMs - oldestMs > oldestMinutes * 60_000 ? [{ type: 'backlog_old', lane, oldestMs, sinceMs: nowMs }] : [];
}

function findDeadShare({ minutes, nowMs }: Facts, thresholds: Config['delivery']['alerts']): Condition[] {
  const count = (names: readonly MinuteCount['outcome'][]) =>
    minutes.reduce((sum, { outcome, n }) => sum + (names.includes(outcome) ? n : 0), 0);
  const dead = count(['dead']);
  const outcomes = count(['delivered', 'refused', 'dead', 'duplicate']);
  const isMuch = outcomes >= thresholds.minItems && dead > outcomes * thresholds.deadShare;
  return isMuch ? [{ type: 'dead_share', dead, outcomes, sinceMs: nowMs }] : [];
}

/** Until they are replayed or their retention has passed. */
function findDeadWithdrawals({ counts, nowMs }: Facts): Condition[] {
  const dead = counts.filter(
    ({ lane, outcome, reason, n }) =>
      laneOf(lane).withdraws && outcome === 'dead' && reason !== 'retention_passed' && n > 0,
  );
  return [...Map.groupBy(dead, ({ lane }) => lane)].map(([lane, rows]) => ({
    type: 'withdrawal_dead',
    lane,
    dead: rows.reduce((sum, { n }) => sum + n, 0),
    sinceMs: nowMs,
  }));
}

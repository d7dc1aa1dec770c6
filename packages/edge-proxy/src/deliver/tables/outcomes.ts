import { type ErrorCode, ORDER_METRICS } from '@sluice/shared';
import type { KlaviyoError } from '../../klaviyo/errors.ts';
import type { LaneName } from '../../map/item.ts';
import type { FrozenItem } from '../freeze.ts';

/** `accepted` counts what came in; every item ends in exactly one of the others. */
export type Outcome = 'accepted' | 'delivered' | 'refused' | 'dead' | 'duplicate';

export interface Count {
  lane: LaneName;
  outcome: Outcome;
  /** A code; "" where the outcome needs none. */
  reason: string;
  n: number;
}

export function countOutcome(sql: SqlStorage, { lane, outcome, reason, n }: Count): void {
  if (n === 0) return;
  const query =
    'INSERT INTO counters (lane, outcome, reason, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n';
  sql.exec(query, lane, outcome, reason, n);
}

export function readCounts(sql: SqlStorage): Count[] {
  return sql
    .exec<Record<string, SqlStorageValue>>('SELECT lane, outcome, reason, n FROM counters')
    .toArray() as unknown as Count[];
}

export interface Death {
  lane: LaneName;
  item: FrozenItem;
  reason: ErrorCode;
  error: KlaviyoError | undefined;
  attempts: number;
}

/** Keeps an item that cannot be delivered, with what Klaviyo said of it. Its count changes in the same transaction. */
export function buryItem(sql: SqlStorage, { lane, item, reason, error, attempts }: Death, nowMs: number): void {
  const query =
    'INSERT OR REPLACE INTO dead_letters (id, v, lane, item, reason, error, attempts, died_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?)';
  sql.exec(query, item.id, lane, JSON.stringify(item), reason, error ? JSON.stringify(error) : null, attempts, nowMs);
  countOutcome(sql, { lane, outcome: 'dead', reason, n: 1 });
  // What was not delivered must not stand in the way of another report of the same order, or of its own replay.
  if (item.lane === 'events' && ORDER_METRICS.has(item.kind))
    sql.exec('DELETE FROM once WHERE metric = ? AND unique_id = ?', item.kind, item.uniqueId);
}

/** True the first time that this order metric is seen, whichever profile reports it. */
export function claimOnce(sql: SqlStorage, metric: string, uniqueId: string, nowMs: number): boolean {
  const cursor = sql.exec(
    'INSERT OR IGNORE INTO once (metric, unique_id, seen_at) VALUES (?, ?, ?)',
    metric,
    uniqueId,
    nowMs,
  );
  return cursor.rowsWritten > 0;
}

export function forgetOnce(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM once WHERE seen_at < ?', beforeMs);
}

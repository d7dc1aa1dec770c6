import type { ErrorCode } from '@sluice/shared';
import type { KlaviyoError } from '../../klaviyo/errors.ts';
import type { LaneName } from '../../map/item.ts';
import type { FrozenItem } from '../freeze.ts';
import { type OnceKey, onceKey } from '../onceKey.ts';

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

interface Death {
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
  // What was not delivered must not stand in the way of another report of the same, or of its own replay.
  const once = onceKey(item);
  if (once) sql.exec('DELETE FROM once WHERE metric = ? AND unique_id = ?', once.metric, once.uniqueId);
}

/** True the first time that this is seen, whichever job or profile brings it. */
export function claimOnce(sql: SqlStorage, { metric, uniqueId }: OnceKey, nowMs: number): boolean {
  const query = 'INSERT OR IGNORE INTO once (metric, unique_id, seen_at) VALUES (?, ?, ?)';
  return sql.exec(query, metric, uniqueId, nowMs).rowsWritten > 0;
}

export function forgetOnce(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM once WHERE seen_at < ?', beforeMs);
}

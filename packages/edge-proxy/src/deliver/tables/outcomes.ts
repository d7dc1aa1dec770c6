import type { ErrorCode } from '@sluice/shared';
import type { KlaviyoError } from '../../klaviyo/errors.ts';
import type { Item, LaneName } from '../../map/item.ts';
import { wasFrozen } from '../freeze.ts';
import { type OnceKey, onceKey } from '../onceKey.ts';
import { addToMinute } from './minutes.ts';

/** `accepted` counts what came in; every item ends in exactly one of the others. */
export type Outcome = 'accepted' | 'delivered' | 'refused' | 'dead' | 'duplicate';

export interface Count {
  lane: LaneName;
  outcome: Outcome;
  /** A code; "" where the outcome needs none. */
  reason: string;
  n: number;
}

/** Counts what just happened to some items, in all and for its minute. */
export function countOutcome(sql: SqlStorage, count: Count, nowMs: number): void {
  if (count.n === 0) return;
  shiftCount(sql, count);
  addToMinute(sql, count, nowMs);
}

/** Changes a sum alone: for items whose outcome is taken back, or known under another reason from now on. */
export function shiftCount(sql: SqlStorage, { lane, outcome, reason, n }: Count): void {
  const query =
    'INSERT INTO counters (lane, outcome, reason, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n';
  sql.exec(query, lane, outcome, reason, n);
}

export function readCounts(sql: SqlStorage): Count[] {
  return sql
    .exec<Record<string, SqlStorageValue>>('SELECT lane, outcome, reason, n FROM counters WHERE n <> 0')
    .toArray() as unknown as Count[];
}

interface Death {
  lane: LaneName;
  item: Item;
  reason: ErrorCode;
  error: KlaviyoError | undefined;
  /** Tries since it last came in. */
  attempts: number;
}

/** Keeps an item that cannot be delivered, with what Klaviyo said of it. Its count changes in the same transaction. */
export function buryItem(sql: SqlStorage, { lane, item, reason, error, attempts }: Death, nowMs: number): void {
  const query =
    'INSERT OR IGNORE INTO dead_letters (id, v, lane, item, reason, error, attempts, died_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?)';
  const tries = (item.replayed?.attempts ?? 0) + attempts;
  const text = error ? JSON.stringify(error) : null;
  const { rowsWritten } = sql.exec(query, item.id, lane, JSON.stringify(item), reason, text, tries, nowMs);
  // Two copies of one item that die in the same millisecond are one dead letter.
  const isNew = rowsWritten > 0;
  countOutcome(sql, { lane, outcome: isNew ? 'dead' : 'duplicate', reason: isNew ? reason : '', n: 1 }, nowMs);
  // What was not delivered must not stand in the way of another report of the same, or of its own replay.
  // An item that never was in a job holds no such claim: the key may be another report's.
  const once = wasFrozen(item) ? onceKey(item) : undefined;
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

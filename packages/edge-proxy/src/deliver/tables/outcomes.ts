import type { ErrorCode } from '@sluice/shared';
import type { KlaviyoError } from '../../klaviyo/errors.ts';
import type { LaneName } from '../../map/item.ts';
import { wasFrozen } from '../freeze.ts';
import { writeLine } from '../itemLine.ts';
import { onceKey } from '../onceKey.ts';
import type { StoredEvent, StoredItem } from '../storedItem.ts';
import { takeCopy } from './copies.ts';
import type { Count } from './counters.ts';
import { addToMinute } from './minutes.ts';
import { releaseOnce } from './once.ts';
import { readRows } from './readRows.ts';

/** Counts what just happened to some items, in its minute. */
export function countOutcome(sql: SqlStorage, count: Count, nowMs: number): void {
  if (count.n !== 0) addToMinute(sql, count, nowMs);
}

/** All that was ever counted: the sums and the minutes that are not in them yet. */
export function readCounts(sql: SqlStorage): Count[] {
  const query = `SELECT lane, outcome, reason, sum(n) AS n FROM (
      SELECT lane, outcome, reason, n FROM counters
      UNION ALL SELECT lane, outcome, reason, n FROM minutes WHERE outcome <> 'replayed'
    ) GROUP BY lane, outcome, reason HAVING sum(n) <> 0`;
  return readRows<Count>(sql, query);
}

export interface Death {
  lane: LaneName;
  item: StoredItem;
  reason: ErrorCode;
  error: KlaviyoError | undefined;
  /** Tries since it last came in. */
  attempts: number;
}

/**
 * Keeps an item that cannot be delivered, with what Klaviyo said of it. Its count changes in the same transaction.
 * Returns another report of the same that may go in its place.
 */
export function buryItem(
  sql: SqlStorage,
  { lane, item, reason, error, attempts }: Death,
  nowMs: number,
): StoredEvent | undefined {
  // Two copies of one item that die in the same millisecond are one dead letter; of two events under one id the later
  // died a millisecond later.
  const query = `INSERT INTO dead_letters (id, v, lane, item, reason, error, attempts, died_at)
    SELECT ?1, 1, ?2, ?3, ?4, ?5, ?6, coalesce(max(died_at) + 1, ?7) FROM dead_letters WHERE id = ?1 AND died_at >= ?7
    HAVING coalesce(sum(item = ?3), 0) = 0`;
  // An item that never was in a job has claimed no key: it may be another report's.
  const once = wasFrozen(item) ? onceKey(item) : undefined;
  // Klaviyo may have taken a try that it did not answer, so what dies of age keeps its key for its own replay. What
  // Klaviyo refused stands in the way of no other report of the same.
  const holdsKey = once !== undefined && reason === 'expired';
  const stored = writeLine({ ...item, ...(holdsKey && { holdsKey }) });
  const tries = (item.replayed?.attempts ?? 0) + attempts;
  const text = error ? JSON.stringify(error) : null;
  const { rowsWritten } = sql.exec(query, item.id, lane, stored, reason, text, tries, nowMs);
  const isNew = rowsWritten > 0;
  countOutcome(sql, { lane, outcome: isNew ? 'dead' : 'duplicate', reason: isNew ? reason : '', n: 1 }, nowMs);
  if (!once || holdsKey) return undefined;
  releaseOnce(sql, once, nowMs);
  return takeCopy(sql, once);
}

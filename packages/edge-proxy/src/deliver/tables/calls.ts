import type { Operation } from '../../klaviyo/operations.ts';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import type { CallRecord } from '../nextPermit.ts';

/** Writes a call down before it is sent, so that a crash cannot hide it from the limits. */
export function beginCall(sql: SqlStorage, operation: Operation, nowMs: number): number {
  return sql
    .exec<{ id: number }>('INSERT INTO calls (operation, sent_at) VALUES (?, ?) RETURNING id', operation, nowMs)
    .one().id;
}

export function endCall(sql: SqlStorage, id: number, nowMs: number): void {
  sql.exec('UPDATE calls SET answered_at = ? WHERE id = ?', nowMs, id);
  sql.exec('DELETE FROM calls WHERE answered_at < ?', nowMs - 60_000);
}

/**
 * After a restart. What was on its way may reach Klaviyo later than the process that sent it died, so it counts as long
 * as its answer would have been waited for.
 */
export function endLostCalls(sql: SqlStorage, nowMs: number): void {
  sql.exec('UPDATE calls SET answered_at = ? WHERE answered_at IS NULL', nowMs + CALL_TIMEOUT_MS);
}

export function readCalls(sql: SqlStorage, operation: Operation): CallRecord[] {
  const query = 'SELECT sent_at AS sentMs, answered_at AS answeredMs FROM calls WHERE operation = ?';
  return sql.exec<{ sentMs: number; answeredMs: number | null }>(query, operation).toArray();
}

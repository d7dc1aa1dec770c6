import type { Operation } from '../../klaviyo/operations.ts';
import { CALL_TIMEOUT_MS } from '../limits.ts';
import type { CallRecord } from '../nextPermit.ts';

const LONGEST_WINDOW_MS = 60_000;

/** Writes a call down before it is sent, so that a crash cannot hide it from the limits. */
export function beginCall(sql: SqlStorage, operation: Operation, nowMs: number): number {
  // The row of a call that no window counts any more serves again: deleting it would cost as much as writing one.
  const reuse = `UPDATE calls SET operation = ?, sent_at = ?, answered_at = NULL
    WHERE id = (SELECT id FROM calls WHERE answered_at < ? LIMIT 1) RETURNING id`;
  const [row] = sql.exec<{ id: number }>(reuse, operation, nowMs, nowMs - LONGEST_WINDOW_MS).toArray();
  const insert = 'INSERT INTO calls (operation, sent_at) VALUES (?, ?) RETURNING id';
  return row?.id ?? sql.exec<{ id: number }>(insert, operation, nowMs).one().id;
}

export function endCall(sql: SqlStorage, id: number, nowMs: number): void {
  sql.exec('UPDATE calls SET answered_at = ? WHERE id = ?', nowMs, id);
}

/**
 * After a restart. What was on its way may reach Klaviyo later than the process that sent it died, so it counts as long
 * as its answer would have been waited for.
 */
export function endLostCalls(sql: SqlStorage, nowMs: number): void {
  sql.exec('UPDATE calls SET answered_at = ? WHERE answered_at IS NULL', nowMs + CALL_TIMEOUT_MS);
}

/** Until when a call of a process that died may still reach Klaviyo; undefined when none may. Epoch milliseconds. */
export function lostCallsUntil(sql: SqlStorage, nowMs: number): number | undefined {
  const query = 'SELECT max(answered_at) AS untilMs FROM calls WHERE answered_at > ?';
  return sql.exec<{ untilMs: number | null }>(query, nowMs).one().untilMs ?? undefined;
}

export function readCalls(sql: SqlStorage, operation: Operation): CallRecord[] {
  const query = 'SELECT sent_at AS sentMs, answered_at AS answeredMs FROM calls WHERE operation = ?';
  return sql.exec<{ sentMs: number; answeredMs: number | null }>(query, operation).toArray();
}

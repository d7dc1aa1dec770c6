import type { OptOutNotice } from '../../consent/optOutNotice.ts';
import { readRows } from './readRows.ts';

/** One opt-out that its receiver has not taken yet. */
export interface WaitingOptOut {
  id: string;
  tries: number;
  createdMs: number;
  body: string;
}

/** One that waits already, or died, is not told a second time. */
export function addOptOuts(sql: SqlStorage, notices: readonly OptOutNotice[], nowMs: number): void {
  const query = 'INSERT OR IGNORE INTO opt_outs (id, next_at, created_at, body) VALUES (?, ?, ?, ?)';
  for (const notice of notices) sql.exec(query, notice.id, nowMs, nowMs, JSON.stringify(notice));
}

/** Those that are due, the longest due first. */
export function dueOptOuts(sql: SqlStorage, nowMs: number, limit: number): WaitingOptOut[] {
  const query = `SELECT id, tries, created_at AS createdMs, body FROM opt_outs
    WHERE dead_at IS NULL AND next_at <= ? ORDER BY next_at LIMIT ?`;
  return readRows<WaitingOptOut>(sql, query, nowMs, limit);
}

export function putOffOptOut(sql: SqlStorage, { id, tries }: WaitingOptOut, nextMs: number): void {
  sql.exec('UPDATE opt_outs SET tries = ?, next_at = ? WHERE id = ?', tries + 1, nextMs, id);
}

export function buryOptOut(sql: SqlStorage, { id, tries }: WaitingOptOut, nowMs: number): void {
  sql.exec('UPDATE opt_outs SET tries = ?, dead_at = ? WHERE id = ?', tries + 1, nowMs, id);
}

export function removeOptOut(sql: SqlStorage, { id }: WaitingOptOut): void {
  sql.exec('DELETE FROM opt_outs WHERE id = ?', id);
}

/** Where nobody is to be told any more. */
export function dropOptOuts(sql: SqlStorage): void {
  sql.exec('DELETE FROM opt_outs WHERE dead_at IS NULL');
}

export function countDeadOptOuts(sql: SqlStorage): number {
  return sql.exec<{ n: number }>('SELECT count(*) AS n FROM opt_outs WHERE dead_at IS NOT NULL').one().n;
}

/** Returns how many live again. */
export function reviveOptOuts(sql: SqlStorage, nowMs: number): number {
  const query =
    'UPDATE opt_outs SET tries = 0, next_at = ?1, created_at = ?1, dead_at = NULL WHERE dead_at IS NOT NULL';
  return sql.exec(query, nowMs).rowsWritten;
}

/** The dead are kept, so that what was never told can still be looked up. */
export function forgetOptOuts(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM opt_outs WHERE dead_at < ?', beforeMs);
}

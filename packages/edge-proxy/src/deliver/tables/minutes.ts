import type { LaneName } from '../../map/item.ts';
import { type Count, type Outcome, shiftCount } from './counters.ts';
import { readRows } from './readRows.ts';

const MINUTE_MS = 60_000;

/** What happened in one minute; unlike the sums, it stands: a replay counts as its own, and takes back no death. */
export interface MinuteCount {
  /** The minute's beginning, epoch milliseconds. */
  minuteMs: number;
  lane: LaneName;
  outcome: Outcome | 'replayed';
  n: number;
}

/** The beginning of the minute that a time lies in. */
export function minuteOf(ms: number): number {
  return ms - (ms % MINUTE_MS);
}

export function addToMinute(
  sql: SqlStorage,
  { lane, outcome, reason = '', n }: Pick<MinuteCount, 'lane' | 'outcome' | 'n'> & { reason?: string },
  nowMs: number,
): void {
  const query = `INSERT INTO minutes (minute_at, lane, outcome, reason, n) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n`;
  sql.exec(query, minuteOf(nowMs), lane, outcome, reason, n);
}

/** Minutes that began in `[fromMs, toMs)`, the oldest first. */
export function readMinutes(sql: SqlStorage, fromMs: number, toMs: number): MinuteCount[] {
  const query = `SELECT minute_at AS minuteMs, lane, outcome, sum(n) AS n FROM minutes
    WHERE minute_at >= ? AND minute_at < ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  return readRows<MinuteCount>(sql, query, fromMs, toMs);
}

/** Old minutes go into the sums: until then an outcome is counted in its minute alone, which is one row less to pay for. */
export function forgetMinutes(sql: SqlStorage, beforeMs: number): void {
  const query = `SELECT lane, outcome, reason, sum(n) AS n FROM minutes
    WHERE minute_at < ? AND outcome <> 'replayed' GROUP BY 1, 2, 3`;
  const old = readRows<Count>(sql, query, beforeMs);
  for (const count of old) shiftCount(sql, count);
  sql.exec('DELETE FROM minutes WHERE minute_at < ?', beforeMs);
}

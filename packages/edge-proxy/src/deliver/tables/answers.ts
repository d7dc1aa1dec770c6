import type { Operation } from '../../klaviyo/operations.ts';
import { minuteOf } from './minutes.ts';
import { readRows } from './readRows.ts';

/** How often an operation was answered in one way, and how fast. */
export interface AnswerCount {
  operation: Operation;
  /** The HTTP status; `timeout` or `network` where no answer came. */
  status: string;
  /** The bucket of its answer time: at most so long. Milliseconds. */
  withinMs: number;
  n: number;
}

/** Ours: how finely answer times are kept. What takes longer counts into the last one. */
const BUCKETS_MS = [25, 50, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 15_000];

export function addAnswer(
  sql: SqlStorage,
  { operation, status, tookMs }: Pick<AnswerCount, 'operation' | 'status'> & { tookMs: number },
  nowMs: number,
): void {
  const withinMs = BUCKETS_MS.find((bucket) => tookMs <= bucket) ?? BUCKETS_MS.at(-1) ?? 0;
  const query = `INSERT INTO answers (minute_at, operation, status, within_ms, n) VALUES (?, ?, ?, ?, 1)
    ON CONFLICT DO UPDATE SET n = n + 1`;
  sql.exec(query, minuteOf(nowMs), operation, status, withinMs);
}

/** The answers since then, by operation, status and answer time, the fastest first. */
export function readAnswers(sql: SqlStorage, sinceMs: number): AnswerCount[] {
  const query = `SELECT operation, status, within_ms AS withinMs, sum(n) AS n FROM answers WHERE minute_at >= ?
    GROUP BY operation, status, within_ms ORDER BY within_ms`;
  return readRows<AnswerCount>(sql, query, sinceMs);
}

export function forgetAnswers(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM answers WHERE minute_at < ?', beforeMs);
}

import type { Operation, RateLimit } from '../../klaviyo/operations.ts';
import { RECENT_MS } from '../limits.ts';
import type { CallRecord } from '../nextPermit.ts';
import type { Outbox } from '../Outbox.ts';
import { type AnswerCount, readAnswers } from '../tables/answers.ts';
import { readCalls } from '../tables/calls.ts';
import { quantile } from './quantile.ts';

/** How full one of our windows is: calls that count now, of how many we allow ourselves. */
interface Window {
  used: number;
  allowed: number;
}

/** One Klaviyo operation over the last hour, and its limits now. */
export interface OperationFigures {
  /** Calls by HTTP status; `timeout` and `network` where no answer came. */
  answers: Record<string, number>;
  /** Answers with 429. */
  throttled: number;
  /** Half of the answers came within this time, 95 % within that; the upper bounds of buckets. Null without answers. */
  p50Ms: number | null;
  p95Ms: number | null;
  windows: { second: Window; minute: Window };
}

/** The operations that were called in the last hour. */
export function readOperations(outbox: Outbox): Partial<Record<Operation, OperationFigures>> {
  const { sql } = outbox;
  const nowMs = outbox.now();
  const share = readShare(outbox);
  const byOperation = Map.groupBy(readAnswers(sql, nowMs - RECENT_MS), ({ operation }) => operation);
  const entries = [...byOperation].map(([operation, answers]) => {
    const windows = countWindows(readCalls(sql, operation), outbox.limitOf(operation), share, nowMs);
    return [operation, { ...summarize(answers), windows }] as const;
  });
  return Object.fromEntries(entries);
}

/** Figures are wanted most when something is wrong, the configuration included. */
function readShare({ settings, account }: Outbox): number {
  return settings.config.accounts[account]?.share ?? 1;
}

function summarize(counts: readonly AnswerCount[]): Omit<OperationFigures, 'windows'> {
  const answers: Record<string, number> = {};
  for (const { status, n } of counts) answers[status] = (answers[status] ?? 0) + n;
  // What never was answered has no answer time.
  const answered = counts
    .filter(({ status }) => /^\d+$/.test(status))
    .map(({ withinMs, n }) => ({ upTo: withinMs, n }));
  return {
    answers,
    throttled: answers['429'] ?? 0,
    p50Ms: quantile(answered, 0.5),
    p95Ms: quantile(answered, 0.95),
  };
}

/** As the pacer counts: from its sending until a whole window after its answer. */
function countWindows(calls: readonly CallRecord[], limit: RateLimit, share: number, nowMs: number) {
  const window = (perWindow: number, windowMs: number): Window => ({
    used: calls.filter(({ answeredMs }) => answeredMs === null || answeredMs + windowMs > nowMs).length,
    allowed: Math.max(1, Math.floor(perWindow * share)),
  });
  return { second: window(limit.perSecond, 1000), minute: window(limit.perMinute, 60_000) };
}

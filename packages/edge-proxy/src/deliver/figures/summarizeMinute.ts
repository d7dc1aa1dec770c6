import { RECENT_MS } from '../limits.ts';
import type { Outbox } from '../Outbox.ts';
import { readAnswers } from '../tables/answers.ts';
import { minuteOf, readMinutes } from '../tables/minutes.ts';
import { readBacklog } from './readBacklog.ts';
import { readAccountState } from './readFigures.ts';

/** One log line's worth of the last full minute; undefined when nothing happened and nothing waits. */
export function summarizeMinute(outbox: Outbox): object | undefined {
  const { sql, account, stops } = outbox;
  const now = outbox.now();
  const toMs = minuteOf(now);
  const counts = readMinutes(sql, toMs - 60_000, toMs);
  const backlog = Object.entries(readBacklog(outbox));
  if (counts.length === 0 && backlog.length === 0) return undefined;
  const throttled = readAnswers(sql, now - RECENT_MS).filter(({ status }) => status === '429');
  return {
    message: 'delivery',
    account,
    minute: new Date(toMs - 60_000).toISOString(),
    ...readAccountState(stops, now),
    outcomes: Object.fromEntries(counts.map(({ lane, outcome, n }) => [`${lane} ${outcome}`, n])),
    waiting: Object.fromEntries(backlog.map(([lane, { items }]) => [lane, items])),
    oldestSeconds: Math.round(Math.max(0, ...backlog.map(([, { oldestMs }]) => now - oldestMs)) / 1000),
    throttledInAnHour: throttled.reduce((sum, { n }) => sum + n, 0),
  };
}

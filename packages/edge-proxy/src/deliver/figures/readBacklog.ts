import { readWaiting } from '../tables/inbox.ts';
import { readJobHeads } from '../tables/jobs.ts';
import { countWaiting } from './countWaiting.ts';

/** What waits in one lane. */
export interface Backlog {
  items: number;
  /** Since when its oldest item waits, epoch milliseconds. */
  oldestMs: number;
}

/** How much waits in each lane, and since when. */
export function readBacklog(sql: SqlStorage): Record<string, Backlog> {
  const oldest = new Map<string, number>();
  const seen = [
    ...readWaiting(sql).map(({ lane, oldestMs }) => ({ lane, sinceMs: oldestMs })),
    ...readJobHeads(sql).map(({ lane, receivedMs }) => ({ lane, sinceMs: receivedMs })),
  ];
  for (const { lane, sinceMs } of seen) oldest.set(lane, Math.min(sinceMs, oldest.get(lane) ?? sinceMs));
  const entries = Object.entries(countWaiting(sql));
  return Object.fromEntries(entries.map(([lane, items]) => [lane, { items, oldestMs: oldest.get(lane) ?? 0 }]));
}

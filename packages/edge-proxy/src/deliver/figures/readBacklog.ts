import type { Outbox } from '../Outbox.ts';
import { readJobHeads } from '../tables/jobs.ts';
import { countWaiting } from './countWaiting.ts';

/** What waits in one lane. */
export interface Backlog {
  items: number;
  /** Since when its oldest item waits, epoch milliseconds. */
  oldestMs: number;
}

/** How much waits in each lane, and since when. */
export function readBacklog(outbox: Outbox): Record<string, Backlog> {
  const oldest = new Map<string, number>();
  const seen = [
    ...outbox.inbox.waiting().map(({ lane, oldestMs }) => ({ lane, sinceMs: oldestMs })),
    ...readJobHeads(outbox.sql).map(({ lane, receivedMs }) => ({ lane, sinceMs: receivedMs })),
  ];
  for (const { lane, sinceMs } of seen) oldest.set(lane, Math.min(sinceMs, oldest.get(lane) ?? sinceMs));
  const entries = Object.entries(countWaiting(outbox));
  return Object.fromEntries(entries.map(([lane, items]) => [lane, { items, oldestMs: oldest.get(lane) ?? 0 }]));
}

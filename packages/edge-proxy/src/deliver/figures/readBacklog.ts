import { ageFrom } from '../ageFrom.ts';
import { readLine } from '../itemLine.ts';
import type { Outbox } from '../Outbox.ts';
import type { Waiting } from '../tables/inbox.ts';
import { readJobHeads } from '../tables/jobs.ts';
import { countWaiting } from './countWaiting.ts';

/** What waits in one lane. */
export interface Backlog {
  items: number;
  /** Since when its oldest item waits, epoch milliseconds. */
  oldestMs: number;
}

/** How much waits in each lane, and since when: since the edge took it in, so that what the queue held counts too. */
export function readBacklog(outbox: Outbox): Record<string, Backlog> {
  const oldest = new Map<string, number>();
  const seen = [
    ...outbox.inbox.waiting().map((group) => ({ lane: group.lane, sinceMs: readOldest(outbox, group) })),
    ...readJobHeads(outbox.sql).map(({ lane, receivedMs }) => ({ lane, sinceMs: receivedMs })),
  ];
  for (const { lane, sinceMs } of seen) oldest.set(lane, Math.min(sinceMs, oldest.get(lane) ?? sinceMs));
  const entries = Object.entries(countWaiting(outbox));
  return Object.fromEntries(entries.map(([lane, items]) => [lane, { items, oldestMs: oldest.get(lane) ?? 0 }]));
}

/** Rows came in the order of their age, or nearly: the first tells. */
function readOldest({ inbox }: Outbox, group: Waiting): number {
  const [line] = inbox.peek(group, { maxItems: 1, maxBytes: 1 }).lines;
  return line === undefined ? group.oldestMs : ageFrom(readLine(line));
}

import type { Outbox } from '../Outbox.ts';
import { countJobItems } from '../tables/jobs.ts';

/** Items that wait, by lane: in the inbox and in jobs. */
export function countWaiting({ inbox, sql }: Outbox): Record<string, number> {
  const waiting: Record<string, number> = {};
  for (const { lane, items } of inbox.waiting()) waiting[lane] = (waiting[lane] ?? 0) + items;
  for (const [lane, items] of countJobItems(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
  return waiting;
}

/** Items that wait, in all lanes. */
export function sumWaiting(outbox: Outbox): number {
  return Object.values(countWaiting(outbox)).reduce((sum, n) => sum + n, 0);
}

import { readWaiting } from '../tables/inbox.ts';
import { countJobItems } from '../tables/jobs.ts';

/** Items that wait, by lane: in the inbox and in jobs. */
export function countWaiting(sql: SqlStorage): Record<string, number> {
  const waiting: Record<string, number> = {};
  for (const { lane, items } of readWaiting(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
  for (const [lane, items] of countJobItems(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
  return waiting;
}

/** Items that wait, in all lanes. */
export function sumWaiting(sql: SqlStorage): number {
  return Object.values(countWaiting(sql)).reduce((sum, n) => sum + n, 0);
}

import { ORDER_METRICS } from '@sluice/shared';
import type { FrozenItem } from './freeze.ts';

/** A key of the `once` table. */
export interface OnceKey {
  metric: string;
  uniqueId: string;
}

/**
 * What may happen once only, whatever job or profile brings it: an order, which page and back end may both report,
 * and a sign-up that is sent again, which would mail a double opt-in's confirmation twice.
 */
export function onceKey(item: FrozenItem): OnceKey | undefined {
  if (item.lane === 'subscribe') return { metric: 'subscribe', uniqueId: [item.id, ...item.subjects].join(' ') };
  return item.lane === 'events' && ORDER_METRICS.has(item.kind)
    ? { metric: item.kind, uniqueId: item.uniqueId }
    : undefined;
}

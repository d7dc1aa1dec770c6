import { ORDER_METRICS } from '@sluice/shared';
import type { FrozenItem } from './freeze.ts';
import type { StoredEvent } from './storedItem.ts';

/** Something that may happen once only: a claim within a key, and the claims of one key are one row of the `once` tables. */
export interface OnceKey {
  key: string;
  claim: string;
}

/**
 * What may happen once only, whatever job or profile brings it: an order, which page and back end may both report,
 * and a sign-up that is sent again, which would mail a double opt-in's confirmation twice.
 */
export function onceKey(item: FrozenItem): OnceKey | undefined {
  if (item.lane === 'subscribe') return { key: `subscribe ${[item.id, ...item.subjects].join(' ')}`, claim: '' };
  return item.lane === 'events' && ORDER_METRICS.has(item.kind) ? orderKey(item) : undefined;
}

/** An order's lines share its row: an item's id ends in the line's name, and its unique id in the order's and the line's. */
function orderKey({ id, kind, uniqueId }: StoredEvent): OnceKey {
  const mark = id.lastIndexOf(`#${kind}:`);
  const line = mark === -1 ? '' : id.slice(mark + kind.length + 1);
  // Long ids end in a hash instead: such a line has a row of its own.
  if (line === '' || !uniqueId.endsWith(line)) return { key: `order ${uniqueId}`, claim: kind };
  return { key: `order ${uniqueId.slice(0, -line.length)}`, claim: kind + line };
}

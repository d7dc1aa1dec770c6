import type { EventItem, Item } from '../map/item.ts';

/** An event as the outbox holds it: nobody looks into its properties again, so they stay JSON text up to the call. */
export interface StoredEvent extends Omit<EventItem, 'properties'> {
  /** JSON of an object, without line ends or tabs. */
  properties: string;
}

/** An item as the outbox holds it. */
export type StoredItem = StoredEvent | Exclude<Item, EventItem>;

export function storeItem(item: Item): StoredItem {
  return item.lane === 'events' ? { ...item, properties: JSON.stringify(item.properties) } : item;
}

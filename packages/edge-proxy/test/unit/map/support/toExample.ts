import type { ExampleItem } from '@sluice/shared/examples';
import type { Item } from '../../../../src/map/item.ts';

/** An item as the contract's examples show it. */
export function toExample(item: Item): ExampleItem {
  switch (item.lane) {
    case 'profiles':
      return { profile: item.who, attributes: JSON.parse(JSON.stringify(item.attributes)) };
    case 'profile':
      return { profile: item.who, attributes: {}, ...(item.patch && { patch: item.patch }) };
    case 'members':
      return { profile: item.who, addTo: item.list };
    case 'events': {
      const { metric, uniqueId, value, currency, who, properties } = item;
      return {
        metric,
        unique_id: uniqueId,
        ...(value !== undefined && { value }),
        ...(currency !== undefined && { currency }),
        profile: who,
        properties,
      };
    }
    default:
      throw new Error(`no message of the Segment specification becomes an item of the lane ${item.lane}`);
  }
}

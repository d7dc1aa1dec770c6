import type { JsonObject } from '@sluice/shared';
import type { EventItem, Item } from '../../../../src/map/item.ts';
import { mapEvent } from '../../../../src/map/mapEvent.ts';
import { accept } from './accept.ts';
import { makeSettings, type SettingsChange } from './settings.ts';

/** Maps a message that becomes one Klaviyo event. */
export function mapOne(message: unknown, change?: SettingsChange): EventItem {
  const items: Item[] = mapEvent(accept(message), makeSettings(change));
  const [item] = items;
  if (items.length !== 1 || item?.lane !== 'events') throw new Error(`expected one event, got ${items.length} items`);
  return item;
}

/** What becomes of the properties of an event in no table. */
export function mapProperties(properties: JsonObject): JsonObject {
  return mapOne({ type: 'track', event: 'Ping', anonymousId: 'anon-1', messageId: 'msg-1', properties }).properties;
}

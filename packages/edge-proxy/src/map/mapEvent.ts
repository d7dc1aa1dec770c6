import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import type { Item } from './item.ts';
import { mapGroup } from './mapGroup.ts';
import { mapIdentified } from './mapIdentified.ts';
import { mapIdentify } from './mapIdentify.ts';
import type { MapSettings } from './mapSettings.ts';
import { mapTrack } from './mapTrack.ts';
import { mapView } from './mapView.ts';
import { readDialCountry } from './who/readDialCountry.ts';

export type { MapSettings } from './mapSettings.ts';

/**
 * Maps one accepted event to the Klaviyo items that it becomes: none, one, or for an order 1 + its lines. Pure.
 * An item whose `who` is empty names nobody; whoever delivers has to refuse it, so that it is counted.
 */
export function mapEvent(event: AcceptedEvent, given: MapSettings): Item[] {
  const { message } = event;
  const settings = { ...given, country: readDialCountry(event, given.trusted) };
  switch (message.type) {
    case 'track':
      return mapTrack(event, message, settings);
    case 'page':
    case 'screen':
      return mapView(event, message, settings);
    case 'identify':
      return [...mapIdentify(event, message, settings), ...mapIdentified(event, message, settings)];
    case 'group':
      return mapGroup(event, message, settings);
    // It only links: linkAliases.
    case 'alias':
      return [];
  }
}

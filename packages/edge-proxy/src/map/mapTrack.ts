import type { TrackMessage } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import type { Draft } from './drafts/draft.ts';
import { draftTrack } from './drafts/draftTrack.ts';
import type { EventItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { readMoney } from './read/readMoney.ts';
import { readText } from './read/readText.ts';
import { toEventItem } from './toEventItem.ts';
import { identifyVisitor } from './who/identifyVisitor.ts';
import { withoutContacts } from './who/withoutContacts.ts';

/** Maps a tracked event to the Klaviyo events that it becomes, less those that are switched off. */
export function mapTrack(event: AcceptedEvent, message: TrackMessage, settings: MapSettings): EventItem[] {
  const { disabled, refundIds } = settings.config.events;
  if (disabled.includes(message.event)) return [];
  const who = identifyVisitor(message, settings);
  const sent = message.properties ?? {};
  const properties = withoutContacts(cleanProperties(sent), { email: who.email, phone: who.phone_number });
  const messageKey = readText(sent.$event_id) ?? event.id;
  const drafts = draftTrack(message.event, { properties, messageKey, refundIds });
  return withOwnValue(drafts, readMoney(sent.$value))
    .filter((draft) => !disabled.includes(draft.metric))
    .map((draft) => toEventItem(draft, { event, who, settings, currency: properties.currency }));
}

/** Klaviyo's older scripts name the value themselves; it is that of the event, not of an order's lines. */
function withOwnValue([main, ...lines]: Draft[], value: number | undefined): Draft[] {
  if (main === undefined) return [];
  return [{ ...main, value: value ?? main.value }, ...lines];
}

import { canonicalEvent, type TrackMessage } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import { openCutLog } from './clean/CutLog.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import type { Draft } from './drafts/draft.ts';
import { draftTrack } from './drafts/draftTrack.ts';
import type { Item } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { readCurrency } from './read/readCurrency.ts';
import { readMoney } from './read/readMoney.ts';
import { readText } from './read/readText.ts';
import { applyRules } from './rules/applyRules.ts';
import { toEventItem } from './toEventItem.ts';
import { identifyVisitor } from './who/identifyVisitor.ts';
import { withoutContacts } from './who/withoutContacts.ts';

/** Maps a tracked event to the Klaviyo events that it becomes, less those that are switched off, and to what rules add. */
export function mapTrack(event: AcceptedEvent, message: TrackMessage, settings: MapSettings): Item[] {
  const { disabled, refundIds } = settings.config.events;
  const who = identifyVisitor(message, settings);
  const sent = message.properties ?? {};
  const log = openCutLog();
  const properties = withoutContacts(cleanProperties(sent, log), { email: who.email, phone: who.phone_number });
  const drafts = withOwnValue(
    draftTrack(message.event, {
      properties,
      messageKey: readText(sent.$event_id) ?? event.id,
      refundIds,
      sessionId: readText(message.context?.sessionId),
    }),
    readMoney(sent.$value),
  );
  const currency = [properties.currency, properties.value_currency, sent.$value_currency]
    .map(readCurrency)
    .find(Boolean);
  const isOff = disabled.includes(message.event) || disabled.includes(canonicalEvent(message.event));
  const events = drafts
    .filter(({ metric }) => !isOff && !disabled.includes(metric))
    // Told once a message: a long order has thousands of lines.
    .map((draft, index) => toEventItem(draft, { event, who, settings, currency, cuts: index === 0 ? log.cuts : [] }));
  return [...events, ...applyRules(drafts, { event, who, settings })];
}

/** Klaviyo's older scripts name the value themselves; it is that of the event, not of an order's lines. */
function withOwnValue([main, ...lines]: Draft[], value: number | undefined): Draft[] {
  if (main === undefined) return [];
  return [{ ...main, value: value ?? main.value }, ...lines];
}

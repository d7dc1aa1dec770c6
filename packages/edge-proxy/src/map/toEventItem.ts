import { type JsonObject, ORDER_METRICS } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { boundId } from './clean/boundId.ts';
import type { Cut } from './clean/CutLog.ts';
import { capProperties } from './clean/capProperties.ts';
import { flattenProperties } from './clean/flattenProperties.ts';
import { wellFormed } from './clean/wellFormed.ts';
import type { Draft } from './drafts/draft.ts';
import { dropUndefined } from './dropUndefined.ts';
import type { EventItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { renameMetric } from './renameMetric.ts';

const URGENT_METRICS: ReadonlySet<string> = new Set([...ORDER_METRICS, 'Started Checkout']);

/** Finishes one Klaviyo event: whose, when, under the shop's own name, within Klaviyo's limits. */
export function toEventItem(draft: Draft, facts: ItemFacts): EventItem {
  const { event, settings } = facts;
  const { names, flatten } = settings.config.events;
  const said = withVisit(draft.properties, event.visit);
  return dropUndefined<EventItem>({
    lane: 'events',
    // The default name, so that renaming a metric does not make a redelivered message another item.
    id: toItemId(event.id, draft),
    who: facts.who,
    purpose: event.purpose,
    receivedAtMs: settings.receivedAtMs,
    metric: renameMetric(draft.metric, names),
    kind: draft.metric,
    uniqueId: boundId(draft.uniqueId),
    timeMs: event.timeMs,
    value: draft.value,
    currency: draft.value === undefined ? undefined : facts.currency,
    properties: capProperties(flatten ? flattenProperties(said) : said, facts.cuts),
    location: event.location,
    urgent: URGENT_METRICS.has(draft.metric) ? true : undefined,
  });
}

interface ItemFacts {
  event: AcceptedEvent;
  who: Identifiers;
  settings: MapSettings;
  /** ISO 4217, as the message names it for all its items. */
  currency: string | undefined;
  /** What of the message was left out. */
  cuts: readonly Cut[];
}

/** What the shop sent stands first, so that a cut at Klaviyo's limits spares it, and wins. */
function withVisit(properties: JsonObject, visit: JsonObject | undefined): JsonObject {
  return visit === undefined ? properties : { ...properties, ...visit, ...properties };
}

function toItemId(messageId: string, { metric, line }: Draft): string {
  const name = `${wellFormed(messageId)}#${wellFormed(metric)}`;
  return line === undefined ? name : `${name}:${boundId(line)}`;
}

import { isJsonObject, type Json, type JsonObject, type PageMessage, type ScreenMessage } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import { openCutLog } from './clean/CutLog.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import { draftPage } from './drafts/draftPage.ts';
import type { Item } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { readText } from './read/readText.ts';
import { applyRules } from './rules/applyRules.ts';
import { toEventItem } from './toEventItem.ts';
import { identifyVisitor } from './who/identifyVisitor.ts';
import { withoutContacts } from './who/withoutContacts.ts';

/** What Segment's SDKs say of the page in the context, and older ones in the properties. */
const PAGE_KEYS = ['url', 'path', 'title', 'referrer'];

/** Maps a page or screen view, the visit that it began, and what rules add. */
export function mapView(event: AcceptedEvent, message: PageMessage | ScreenMessage, settings: MapSettings): Item[] {
  const { disabled } = settings.config.events;
  const who = identifyVisitor(message, settings);
  const sent = message.properties ?? {};
  const log = openCutLog();
  const properties = cleanProperties(describeView(message), log);
  const drafts = draftPage({
    type: message.type,
    properties: withoutContacts(properties, { email: who.email, phone: who.phone_number }),
    messageKey: readText(sent.$event_id) ?? event.id,
    startedSession: readStartedSession(message),
  });
  const events = drafts
    .filter((draft) => !disabled.includes(draft.metric))
    .map((draft) => toEventItem(draft, { event, who, settings, currency: undefined, cuts: log.cuts }));
  return [...events, ...applyRules(drafts, { event, who, settings })];
}

function describeView(message: PageMessage | ScreenMessage): JsonObject {
  const page = message.context?.page;
  const seen = isJsonObject(page)
    ? PAGE_KEYS.flatMap((key) => (isSet(page[key]) ? [[key, page[key]] as const] : []))
    : [];
  return {
    ...Object.fromEntries(seen),
    ...message.properties,
    ...(message.name && { name: message.name }),
    ...('category' in message && message.category && { category: message.category }),
  };
}

function isSet(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

/** The SDK says on which view a session began; only that one makes Active on Site. */
function readStartedSession({ context }: PageMessage | ScreenMessage): string | undefined {
  return context?.sessionStart === true ? readText(context.sessionId) : undefined;
}

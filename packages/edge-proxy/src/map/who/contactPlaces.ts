import {
  type CommerceEvent,
  isJsonObject,
  type JsonObject,
  METRIC_OF_EVENT,
  type Message,
  ORDER_METRICS,
} from '@sluice/shared';
import type { MapSettings } from '../mapSettings.ts';

/** Events whose properties name the buyer; elsewhere ("Invite Sent") an address may be anyone's. */
const BUYERS_EVENTS: ReadonlySet<string> = new Set(['Started Checkout', ...ORDER_METRICS]);

/** What an identify is about comes before what its context remembers; what an event mentions comes last. */
export function contactPlaces(message: Message, { trusted }: MapSettings): JsonObject[] {
  const traits = message.type === 'identify' ? message.traits : undefined;
  return [traits, message.context?.traits, trusted || isBuyers(message) ? propertiesOf(message) : undefined].filter(
    isJsonObject,
  );
}

function propertiesOf(message: Message): JsonObject | null | undefined {
  return 'properties' in message ? message.properties : undefined;
}

/** From a page a wrong guess would merge the visitor into somebody else's profile. */
function isBuyers(message: Message): boolean {
  if (message.type !== 'track') return false;
  const metric = Object.hasOwn(METRIC_OF_EVENT, message.event)
    ? METRIC_OF_EVENT[message.event as CommerceEvent]
    : message.event;
  return BUYERS_EVENTS.has(metric);
}

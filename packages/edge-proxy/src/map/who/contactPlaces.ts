import { isJsonObject, type JsonObject, type Message, metricsOf, ORDER_METRICS } from '@sluice/shared';
import type { MapSettings } from '../mapSettings.ts';
import { liftTraits } from '../profile/liftTraits.ts';
import { readEvent } from '../readEvent.ts';

/** Events whose properties name the buyer; elsewhere ("Invite Sent") an address may be anyone's. */
const BUYERS_EVENTS: ReadonlySet<string> = new Set(['Started Checkout', ...ORDER_METRICS]);

/** What an identify is about comes before what its context remembers; what an event mentions comes last. */
export function contactPlaces(message: Message, { trusted }: MapSettings): JsonObject[] {
  const traits = [message.type === 'identify' ? message.traits : undefined, message.context?.traits];
  const properties = trusted || isBuyers(message) ? propertiesOf(message) : undefined;
  return [...traits.filter(isJsonObject).map(liftTraits), ...(properties ? [properties] : [])];
}

function propertiesOf(message: Message): JsonObject | null | undefined {
  return 'properties' in message ? message.properties : undefined;
}

/** From a page a wrong guess would merge the visitor into somebody else's profile. */
function isBuyers(message: Message): boolean {
  if (message.type !== 'track') return false;
  return BUYERS_EVENTS.has(metricsOf(readEvent(message))[0]);
}

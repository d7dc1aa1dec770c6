import {
  type CommerceEvent,
  isJsonObject,
  type JsonObject,
  METRIC_OF_EVENT,
  type Message,
  normalizeEmail,
  ORDER_METRICS,
} from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import type { MapSettings } from '../mapSettings.ts';
import { isPublicTrait } from './isPublicTrait.ts';

export interface Contacts {
  email: string | undefined;
  /** E.164. */
  phone: string | undefined;
}

/** How a person can be reached, as far as the message says and its sender may: the first usable of each. */
export function readContacts(message: Message, settings: MapSettings): Contacts {
  const places = placesOf(message, settings);
  const mayName = (trait: string) => settings.trusted || isPublicTrait(trait, settings.config.identity.publicTraits);
  return {
    // Many shops use the address as the user id.
    email: mayName('email')
      ? firstUsable([...places.map((place) => place.email), message.userId], normalizeEmail)
      : undefined,
    phone: mayName('phone')
      ? firstUsable(
          places.map((place) => place.phone),
          (phone) => normalizePhone(phone, settings.country),
        )
      : undefined,
  };
}

/** Events whose properties name the buyer; elsewhere ("Invite Sent") an address may be anyone's. */
const BUYERS_EVENTS: ReadonlySet<string> = new Set(['Started Checkout', ...ORDER_METRICS]);

/** What an identify is about comes before what its context remembers; what an event mentions comes last. */
function placesOf(message: Message, { trusted }: MapSettings): JsonObject[] {
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

function firstUsable(values: unknown[], normalize: (value: unknown) => string | undefined): string | undefined {
  for (const value of values) {
    const usable = normalize(value);
    if (usable !== undefined) return usable;
  }
  return undefined;
}

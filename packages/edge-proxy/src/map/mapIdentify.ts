import type { IdentifyMessage, JsonObject } from '@sluice/shared';
import type { AcceptedEvent } from '../ingest/acceptedEvent.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { cleanProperties } from './clean/cleanProperties.ts';
import { wellFormed } from './clean/wellFormed.ts';
import { dropUndefined } from './dropUndefined.ts';
import type { ProfileItem } from './item.ts';
import type { MapSettings } from './mapSettings.ts';
import { readAttributes } from './profile/readAttributes.ts';
import { splitCompany } from './profile/splitCompany.ts';
import { isPublicTrait } from './who/isPublicTrait.ts';
import { type Contacts, readContacts } from './who/readContacts.ts';
import { readExternalId } from './who/readExternalId.ts';
import { withoutContacts } from './who/withoutContacts.ts';

/** Maps an identify to a change of a profile; nothing when all it knows is an anonymous id, which profiles have not. */
export function mapIdentify(event: AcceptedEvent, message: IdentifyMessage, settings: MapSettings): ProfileItem[] {
  const contacts = readContacts(message, settings);
  const who = identifyProfile(message, contacts, settings);
  if (Object.keys(who).length === 0) return [];
  const traits = withoutContacts(allowedTraits(message, settings), contacts);
  return [
    {
      lane: 'profiles',
      id: `${wellFormed(event.id)}#profile`,
      who,
      purpose: event.purpose,
      receivedAtMs: settings.receivedAtMs,
      attributes: readAttributes(splitCompany(traits), event.location),
    },
  ];
}

/** A page may say who someone is, not change the phone or external id of whoever that already is at Klaviyo. */
function identifyProfile(message: IdentifyMessage, { email, phone }: Contacts, settings: MapSettings): Identifiers {
  const { trusted } = settings;
  return dropUndefined<Identifiers>({
    email,
    phone_number: trusted || email === undefined ? phone : undefined,
    external_id: trusted ? readExternalId(message) : undefined,
  });
}

function allowedTraits(message: IdentifyMessage, { trusted, config }: MapSettings): JsonObject {
  const traits = cleanProperties(message.traits ?? {});
  if (trusted) return traits;
  const entries = Object.entries(traits).filter(([trait]) => isPublicTrait(trait, config.identity.publicTraits));
  return Object.fromEntries(entries);
}

import type { Message } from '@sluice/shared';
import type { Identifiers } from '../../klaviyo/profileAttributes.ts';
import { boundId } from '../clean/boundId.ts';
import { dropUndefined } from '../dropUndefined.ts';
import type { MapSettings } from '../mapSettings.ts';
import type { Contacts } from './readContacts.ts';
import { readEmail } from './readEmail.ts';
import { readExchangeId } from './readExchangeId.ts';
import { readExternalId } from './readExternalId.ts';
import { readPhone } from './readPhone.ts';

/** The address or number that says whose an event is, both on a server's word alone. */
export function identifyContacts(message: Message, settings: MapSettings): Contacts {
  const email = readEmail(message, settings);
  // From a page, a number beside an address would change the phone of whoever has that address.
  return { email, phone: email === undefined || settings.trusted ? readPhone(message, settings) : undefined };
}

/** Whose an event is. Klaviyo writes every identifier onto the profile that it finds, so each more is a claim. */
export function identifyVisitor(message: Message, settings: MapSettings): Identifiers {
  const { email, phone } = identifyContacts(message, settings);
  const anonymousId = message.anonymousId ? boundId(message.anonymousId) : undefined;
  const externalId = readExternalId(message);
  const { trusted } = settings;
  if (email !== undefined) {
    return dropUndefined<Identifiers>({
      email,
      phone_number: phone,
      // External ids take no part in Klaviyo's merging: beside an address they breed a second profile.
      external_id: trusted && !settings.config.identity.emailAsPrimary ? externalId : undefined,
      anonymous_id: anonymousId,
    });
  }
  const exchangeId = readExchangeId(message);
  const known = phone ?? anonymousId ?? exchangeId;
  return dropUndefined<Identifiers>({
    phone_number: phone,
    // Alone it only finds a profile; beside another identifier it would be written onto one, which no page may do.
    external_id: trusted || known === undefined ? externalId : undefined,
    anonymous_id: anonymousId,
    _kx: exchangeId,
  });
}

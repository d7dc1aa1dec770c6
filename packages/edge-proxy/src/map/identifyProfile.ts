import type { GroupMessage, IdentifyMessage } from '@sluice/shared';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from './dropUndefined.ts';
import type { MapSettings } from './mapSettings.ts';
import type { Contacts } from './who/readContacts.ts';
import { readExternalId } from './who/readExternalId.ts';

/**
 * Whose profile a message changes. A page may say who someone is, not change the phone or external id of whoever that
 * already is at Klaviyo.
 */
export function identifyProfile(
  message: IdentifyMessage | GroupMessage,
  { email, phone }: Contacts,
  { trusted }: MapSettings,
): Identifiers {
  return dropUndefined<Identifiers>({
    email,
    phone_number: trusted || email === undefined ? phone : undefined,
    external_id: trusted ? readExternalId(message) : undefined,
  });
}

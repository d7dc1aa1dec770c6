import { type JsonObject, normalizeEmail } from '@sluice/shared';
import { isSamePhone } from '@sluice/shared/phone';
import type { Contacts } from './readContacts.ts';

/** Takes the address and number that already say who it was out of the properties; others are data and stay. */
export function withoutContacts(properties: JsonObject, { email, phone }: Contacts): JsonObject {
  const rest = { ...properties };
  if (email !== undefined && normalizeEmail(rest.email) === email) delete rest.email;
  if (phone !== undefined && isSamePhone(rest.phone, phone)) delete rest.phone;
  if (phone !== undefined && isSamePhone(rest.phone_number, phone)) delete rest.phone_number;
  return rest;
}

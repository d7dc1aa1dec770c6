import type { Message } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import type { MapSettings } from '../mapSettings.ts';
import { contactPlaces } from './contactPlaces.ts';
import { isPublicTrait } from './isPublicTrait.ts';

/** The first usable phone number of a message, E.164, if its sender may name one. */
export function readPhone(message: Message, settings: MapSettings): string | undefined {
  const { trusted, config, country } = settings;
  if (!trusted && !isPublicTrait('phone', config.identity.publicTraits)) return undefined;
  // Segment's name, and that of Klaviyo's API.
  for (const { phone, phone_number } of contactPlaces(message, settings)) {
    const number = normalizePhone(phone, country) ?? normalizePhone(phone_number, country);
    if (number !== undefined) return number;
  }
  return undefined;
}

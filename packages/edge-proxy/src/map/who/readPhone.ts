import type { Message } from '@sluice/shared';
import { normalizePhone } from '@sluice/shared/phone';
import type { MapSettings } from '../mapSettings.ts';
import { contactPlaces } from './contactPlaces.ts';
import { isPublicTrait } from './isPublicTrait.ts';

/** The first usable phone number of a message, E.164, if its sender may name one. */
export function readPhone(message: Message, settings: MapSettings): string | undefined {
  const { trusted, config, country } = settings;
  if (!trusted && !isPublicTrait('phone', config.identity.publicTraits)) return undefined;
  for (const { phone } of contactPlaces(message, settings)) {
    const number = normalizePhone(phone, country);
    if (number !== undefined) return number;
  }
  return undefined;
}

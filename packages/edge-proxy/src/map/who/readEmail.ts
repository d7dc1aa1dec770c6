import { type Message, normalizeEmail } from '@sluice/shared';
import type { MapSettings } from '../mapSettings.ts';
import { contactPlaces } from './contactPlaces.ts';
import { isPublicTrait } from './isPublicTrait.ts';

/** The first usable e-mail address of a message, if its sender may name one. */
export function readEmail(message: Message, settings: MapSettings): string | undefined {
  const { trusted, config } = settings;
  if (!trusted && !isPublicTrait('email', config.identity.publicTraits)) return undefined;
  for (const { email } of contactPlaces(message, settings)) {
    const address = normalizeEmail(email);
    if (address !== undefined) return address;
  }
  // Many shops use the address as the user id.
  return normalizeEmail(message.userId);
}

import type { Message } from '@sluice/shared';
import type { MapSettings } from '../mapSettings.ts';
import { readEmail } from './readEmail.ts';
import { readPhone } from './readPhone.ts';

export interface Contacts {
  email: string | undefined;
  /** E.164. */
  phone: string | undefined;
}

/** How a person can be reached, as far as the message says and its sender may: the first usable of each. */
export function readContacts(message: Message, settings: MapSettings): Contacts {
  return { email: readEmail(message, settings), phone: readPhone(message, settings) };
}

import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import { concerns } from './concerns.ts';
import type { StoredItem } from './storedItem.ts';
import type { Denial } from './tables/blocked.ts';

/** What denials of its person leave of an item: of a sign-up by two channels the other one. Undefined when nothing is left. */
export function narrow<I extends StoredItem>(item: I, denials: readonly Omit<Denial, 'subject'>[]): I | undefined {
  const against = denials.filter((denial) => concerns(denial, item));
  if (against.length === 0) return item;
  if (item.lane !== 'subscribe') return undefined;
  const channels = item.channels.filter((channel) => !against.some(({ purpose }) => purpose === channel));
  if (channels.length === 0) return undefined;
  const { email, phone_number } = item.who;
  const who = dropUndefined<Identifiers>({
    email: channels.includes('email') ? email : undefined,
    phone_number: channels.includes('sms') ? phone_number : undefined,
  });
  return { ...item, channels, who };
}

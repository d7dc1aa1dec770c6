import { CHANNELS, type Channel } from '@sluice/shared';
import type { Identifiers } from '../../klaviyo/profileAttributes.ts';
import type { StoredItem } from '../storedItem.ts';

/** One channel of one person: what Klaviyo keeps a consent of. */
export interface Contact {
  channel: Channel;
  address: string;
}

/** Whose consent an item changes. */
export function contactsOf(item: StoredItem): Contact[] {
  if (item.lane !== 'subscribe' && item.lane !== 'unsubscribe') return [];
  const { email, phone_number } = item.who;
  const addresses = { email, sms: phone_number };
  return CHANNELS.filter((channel) => item.channels.includes(channel)).flatMap((channel) => {
    const address = addresses[channel];
    return address === undefined ? [] : [{ channel, address }];
  });
}

/** The identifier by which a contact is known. */
export function whoIs({ channel, address }: Contact): Identifiers {
  return channel === 'email' ? { email: address } : { phone_number: address };
}

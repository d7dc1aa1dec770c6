import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { wellFormed } from './clean/wellFormed.ts';
import { dropUndefined } from './dropUndefined.ts';
import type { Item, ProfileItem, SubscribeItem } from './item.ts';

/** Maps one subscription to a subscribe item for each list, and to a change of the profile when it says more of the person. */
export function mapSubscription(subscription: AcceptedSubscription, receivedAtMs: number): Item[] {
  const lists = subscription.lists.length > 0 ? [...new Set(subscription.lists)] : [null];
  const subscribes = lists.map((list) => toSubscribeItem(subscription, list, receivedAtMs));
  return [...subscribes, ...toProfileItem(subscription, receivedAtMs)];
}

function toSubscribeItem(subscription: AcceptedSubscription, list: string | null, receivedAtMs: number): SubscribeItem {
  const { channels, email, phone, decidedAtMs, dateOfBirth } = subscription;
  return {
    lane: 'subscribe',
    id: list === null ? `${wellFormed(subscription.id)}#subscribe` : `${wellFormed(subscription.id)}#subscribe:${list}`,
    // Klaviyo sets an identifier whose channel is not asked for on whatever profile it finds, so only those agreed to go.
    who: dropUndefined<Identifiers>({
      email: channels.includes('email') ? email : undefined,
      phone_number: channels.includes('sms') ? phone : undefined,
    }),
    purpose: 'marketing',
    receivedAtMs,
    channels,
    list,
    decidedAtMs,
    ...(dateOfBirth && { dateOfBirth }),
  };
}

function toProfileItem(subscription: AcceptedSubscription, receivedAtMs: number): ProfileItem[] {
  const { id, email, phone, attributes, decidedAtMs } = subscription;
  if (Object.keys(attributes).length === 0) return [];
  return [
    {
      lane: 'profiles',
      id: `${wellFormed(id)}#profile`,
      // One identifier: a form must not put a number onto whoever has the address.
      who: dropUndefined<Identifiers>({ email, phone_number: email === undefined ? phone : undefined }),
      purpose: 'marketing',
      receivedAtMs,
      attributes,
      decidedAtMs,
    },
  ];
}

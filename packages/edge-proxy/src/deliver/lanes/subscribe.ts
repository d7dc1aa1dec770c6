import { CUSTOM_SOURCE, LATE_SUBSCRIBE_MS } from '../../consent/limits.ts';
import type { BulkSubscribeProfiles, WireSubscription } from '../../klaviyo/wire.ts';
import type { SubscribeItem } from '../../map/item.ts';
import { type Lane, profileKey } from '../lane.ts';
import { MAX_CONSENT_CONNECTIONS, MAX_SUBSCRIPTIONS_PER_CALL } from '../limits.ts';
import { locateProfile } from './importRows.ts';

/** Marketing subscriptions, a call a list. The list's own opt-in process (single or double) applies. */
export const subscribe: Lane<SubscribeItem> = {
  name: 'subscribe',
  priority: 30,
  operation: () => 'bulk_subscribe_profiles',
  consent: true,
  withdraws: false,
  waits: false,
  maxItems: MAX_SUBSCRIPTIONS_PER_CALL,
  maxInFlight: MAX_CONSENT_CONNECTIONS,
  settles: false,
  // A sign-up after an opt-out must not be overtaken by it, and lift it too early.
  waitsFor: (job, other) => (other.lane === 'unsubscribe' || other.lane === 'erase') && other.place < job.place,
  // Klaviyo's subscribe lifts whatever opt-out it finds there, also one that we have not heard of.
  isStale: ({ attempts, decidedMs }, nowMs) => attempts > 0 || nowMs - decidedMs > LATE_SUBSCRIBE_MS,
  groupKey: (item) => (item.historical ? `historical:${item.list ?? ''}` : (item.list ?? '')),
  repeatKey: (item) => JSON.stringify([item.list, item.channels, profileKey(item)]),
  build(items) {
    const { list, historical } = items[0] ?? {};
    const body: BulkSubscribeProfiles = {
      data: {
        type: 'profile-subscription-bulk-create-job',
        attributes: {
          custom_source: CUSTOM_SOURCE,
          ...(historical && { historical_import: true }),
          profiles: { data: items.map(toSubscription) },
        },
        ...(list ? { relationships: { list: { data: { type: 'list', id: list } } } } : {}),
      },
    };
    return JSON.stringify(body);
  },
  locator: () => locateProfile,
};

function toSubscription({ who, channels, historical, decidedAtMs, dateOfBirth }: SubscribeItem): WireSubscription {
  const consented = historical ? { consented_at: new Date(decidedAtMs).toISOString() } : {};
  const subscribed = { marketing: { consent: 'SUBSCRIBED' as const, ...consented } };
  return {
    type: 'profile',
    attributes: {
      ...(who.email ? { email: who.email } : {}),
      ...(who.phone_number ? { phone_number: who.phone_number } : {}),
      ...(dateOfBirth ? { age_gated_date_of_birth: dateOfBirth } : {}),
      subscriptions: {
        ...(channels.includes('email') ? { email: subscribed } : {}),
        ...(channels.includes('sms') ? { sms: subscribed } : {}),
      },
    },
  };
}

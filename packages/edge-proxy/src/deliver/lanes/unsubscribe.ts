import { LATE_UNSUBSCRIBE_MS } from '../../consent/limits.ts';
import type { BulkUnsubscribeProfiles, WireUnsubscription } from '../../klaviyo/wire.ts';
import type { UnsubscribeItem } from '../../map/item.ts';
import { type Lane, profileKey } from '../lane.ts';
import { MAX_CONSENT_CONNECTIONS, MAX_UNSUBSCRIPTIONS_PER_CALL } from '../limits.ts';
import { locateProfile } from './importRows.ts';

/** Opt-outs, everywhere. Never of one list: Klaviyo takes that of a person who is no member for an opt-out of all. */
export const unsubscribe: Lane<UnsubscribeItem> = {
  name: 'unsubscribe',
  priority: 10,
  operation: () => 'bulk_unsubscribe_profiles',
  consent: true,
  withdraws: true,
  waits: false,
  maxItems: MAX_UNSUBSCRIPTIONS_PER_CALL,
  maxInFlight: MAX_CONSENT_CONNECTIONS,
  settles: false,
  // It would undo a sign-up that came after it.
  isStale: ({ attempts, decidedMs }, nowMs) => attempts > 0 || nowMs - decidedMs > LATE_UNSUBSCRIBE_MS,
  groupKey: () => '',
  repeatKey: (item) => JSON.stringify([item.channels, profileKey(item)]),
  build(items) {
    const data = items.map(toUnsubscription);
    const attributes = { profiles: { data } };
    const body: BulkUnsubscribeProfiles = { data: { type: 'profile-subscription-bulk-delete-job', attributes } };
    return JSON.stringify(body);
  },
  locator: () => locateProfile,
};

function toUnsubscription({ who, channels }: UnsubscribeItem): WireUnsubscription {
  const unsubscribed = { marketing: { consent: 'UNSUBSCRIBED' } } as const;
  const [email, sms] = [channels.includes('email'), channels.includes('sms')];
  return {
    type: 'profile',
    attributes: {
      // An identifier whose channel is not named would merely be written onto the profile.
      ...(email && who.email ? { email: who.email } : {}),
      ...(sms && who.phone_number ? { phone_number: who.phone_number } : {}),
      subscriptions: { ...(email ? { email: unsubscribed } : {}), ...(sms ? { sms: unsubscribed } : {}) },
    },
  };
}

import type { RequestProfileDeletion } from '../../klaviyo/wire.ts';
import type { EraseItem } from '../../map/item.ts';
import { type Lane, profileKey } from '../lane.ts';
import { MAX_CONSENT_CONNECTIONS, MAX_SINGLES_PER_FREEZE } from '../limits.ts';

/** Erasures, one a call: Klaviyo deletes every profile that the one identifier names. */
export const erase: Lane<EraseItem> = {
  name: 'erase',
  priority: 20,
  operation: () => 'request_profile_deletion',
  consent: true,
  withdraws: true,
  waits: false,
  maxItems: MAX_SINGLES_PER_FREEZE,
  maxInFlight: MAX_CONSENT_CONNECTIONS,
  settles: false,
  groupKey: () => '',
  divide: (items) => items.map((item) => [item]),
  repeatKey: (item) => JSON.stringify([item.profileId, profileKey(item)]),
  build([item]) {
    const data = { type: 'profile' as const, ...identify(item) };
    const body: RequestProfileDeletion = {
      data: { type: 'data-privacy-deletion-job', attributes: { profile: { data } } },
    };
    return JSON.stringify(body);
  },
  locator: () => () => [0],
};

/** Exactly one identifier: Klaviyo refuses two. */
function identify(item: EraseItem | undefined): { id?: string; attributes: { email?: string; phone_number?: string } } {
  return item?.profileId === undefined ? { attributes: { ...item?.who } } : { id: item.profileId, attributes: {} };
}

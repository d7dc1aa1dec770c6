import type { CreateOrUpdateProfile } from '../../klaviyo/wire.ts';
import type { SingleProfileItem } from '../../map/item.ts';
import type { Lane } from '../lane.ts';
import { MAX_SINGLES_IN_FLIGHT, MAX_SINGLES_PER_FREEZE } from '../limits.ts';
import { importable } from './importRows.ts';

/** Changes of profiles that bulk import cannot make, one a call. Like import, it never touches consent. */
export const profile: Lane<SingleProfileItem> = {
  name: 'profile',
  priority: 40,
  operation: () => 'create_or_update_profile',
  consent: false,
  withdraws: false,
  waits: false,
  maxItems: MAX_SINGLES_PER_FREEZE,
  maxInFlight: MAX_SINGLES_IN_FLIGHT,
  settles: false,
  // An append that comes after the unappend it was sent before would bring the value back.
  inOrder: 'run',
  // An import that was on its way before the change came would undo it.
  waitsFor: (job, other) => other.lane === 'profiles' && other.createdMs <= job.receivedMs,
  onConflict: 'weaken',
  groupKey: () => '',
  // It stands in the rows of jobs, so its form stays what it is.
  runKey: ({ who }) => JSON.stringify([who.email, who.phone_number, who.external_id, who.anonymous_id, who._kx]),
  divide: (items) => items.map((item) => [item]),
  // The queue may bring a message twice.
  repeatKey: ({ id }) => id,
  build([item]) {
    const attributes = { ...importable(item?.who ?? {}), ...item?.attributes };
    const meta = item?.patch ? { meta: { patch_properties: item.patch } } : {};
    const body: CreateOrUpdateProfile = { data: { type: 'profile', attributes, ...meta } };
    return JSON.stringify(body);
  },
  locator: () => () => [0],
};

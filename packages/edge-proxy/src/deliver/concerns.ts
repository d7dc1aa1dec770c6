import { laneOf } from './lanes/index.ts';
import type { StoredItem } from './storedItem.ts';
import type { Denial } from './tables/blocked.ts';

/** Whether a denial of its person keeps an item from being sent. */
export function concerns({ purpose, list, decidedAtMs }: Omit<Denial, 'subject'>, item: StoredItem): boolean {
  // What withdraws is what the person asked for; who leaves a list is mailed less. No denial stands in the way of it.
  if (laneOf(item.lane).withdraws || (item.lane === 'members' && item.action === 'remove')) return false;
  if ((item.lane === 'profiles' || item.lane === 'profile') && item.decidedAtMs !== undefined)
    // What a form says of a person comes with the sign-up, under the one address that it names.
    return purpose === (item.who.email ? 'email' : 'sms') && list === '' && decidedAtMs >= item.decidedAtMs;
  if (item.lane !== 'subscribe') return purpose === 'tracking' && item.purpose === 'tracking';
  // A sign-up is taken back by a no to one of its channels, of its list or of all, decided later or on a tie.
  return (
    item.channels.some((channel) => channel === purpose) &&
    (list === '' || list === (item.list ?? '')) &&
    decidedAtMs >= item.decidedAtMs
  );
}

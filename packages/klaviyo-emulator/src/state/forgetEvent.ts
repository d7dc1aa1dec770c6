import { eventKey } from './eventKey.ts';
import type { Account, StoredEvent } from './types.ts';

/** Takes one event out of the account with its index entries; its unique_id counts as new from then on. */
export function forgetEvent(account: Account, event: StoredEvent): void {
  const { eventKeys, eventsOfProfile } = account.index;
  account.events.delete(event.id);
  eventKeys.delete(eventKey(event));
  const siblings = eventsOfProfile.get(event.profileId);
  siblings?.delete(event.id);
  if (siblings?.size === 0) eventsOfProfile.delete(event.profileId);
}

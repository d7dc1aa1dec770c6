import { eventKey } from './eventKey.ts';
import { listKxs } from './listKxs.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import type { Account, Profile } from './types.ts';

/** Takes a profile out of the account with its memberships, index entries and events. */
export function removeProfile(account: Account, profile: Profile): void {
  const { index } = account;
  setIdentifiers(account, profile, { email: null, phone_number: null, external_id: null });
  for (const anonymousId of profile.anonymousIds) {
    if (index.anonymousId.get(anonymousId) === profile.id) index.anonymousId.delete(anonymousId);
  }
  for (const kx of listKxs(profile)) index.kx.delete(kx);
  for (const list of account.lists.values()) list.members.delete(profile.id);
  for (const segment of account.segments.values()) segment.members.delete(profile.id);
  for (const id of index.eventsOfProfile.get(profile.id) ?? []) {
    const event = account.events.get(id);
    if (event) index.eventKeys.delete(eventKey(event));
    account.events.delete(id);
  }
  index.eventsOfProfile.delete(profile.id);
  account.profiles.delete(profile.id);
}

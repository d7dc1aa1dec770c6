import { eventKey } from './eventKey.ts';
import { listKxs } from './listKxs.ts';
import { mergeConsent } from './mergeConsent.ts';
import { removeProfile } from './removeProfile.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import type { Account, Profile } from './types.ts';

interface Merge {
  into: Profile;
  source: Profile;
  nowMs: number;
}

/** Moves everything of `source` to `into` and removes the source; what `into` already has wins. */
export function mergeProfiles(account: Account, { into, source, nowMs }: Merge): void {
  moveEvents(account, into, source);
  for (const list of account.lists.values()) {
    const joinedMs = list.members.get(source.id);
    if (joinedMs !== undefined && !list.members.has(into.id)) list.members.set(into.id, joinedMs);
  }
  moveIdentifiers(account, into, source);
  into.attributes = { ...source.attributes, ...into.attributes };
  into.location = { ...source.location, ...into.location };
  into.properties = { ...source.properties, ...into.properties };
  mergeConsent(into, source);
  into.lastEventMs = Math.max(into.lastEventMs ?? 0, source.lastEventMs ?? 0) || null;
  into.updatedMs = nowMs;
}

/** The source goes in between, since no two profiles have the same identifier. */
function moveIdentifiers(account: Account, into: Profile, source: Profile): void {
  const carried = {
    email: into.email ?? source.email,
    phone_number: into.phoneNumber ?? source.phoneNumber,
    external_id: into.externalId ?? source.externalId,
  };
  removeProfile(account, source);
  setIdentifiers(account, into, carried);
  for (const anonymousId of source.anonymousIds) setIdentifiers(account, into, { anonymous_id: anonymousId });
  // A `_kx` stands in mails that were sent already, and is clicked weeks later.
  into.formerKxs.push(...listKxs(source));
  for (const kx of into.formerKxs) account.index.kx.set(kx, into.id);
}

function moveEvents(account: Account, into: Profile, source: Profile): void {
  const kept = account.index.eventsOfProfile.get(into.id) ?? new Set<string>();
  for (const id of account.index.eventsOfProfile.get(source.id) ?? []) {
    const event = account.events.get(id);
    if (!event) continue;
    account.index.eventKeys.delete(eventKey(event));
    event.profileId = into.id;
    // The same event reported under both profiles counts once.
    if (account.index.eventKeys.has(eventKey(event))) {
      account.events.delete(id);
      continue;
    }
    account.index.eventKeys.add(eventKey(event));
    kept.add(id);
  }
  account.index.eventsOfProfile.set(into.id, kept);
  account.index.eventsOfProfile.delete(source.id);
}

import { eventKey } from './eventKey.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import { type Account, CHANNELS, type Profile } from './types.ts';

/** Moves everything of `source` to `into` and removes the source; what `into` already has wins. */
export function mergeProfiles(account: Account, into: Profile, source: Profile): void {
  moveEvents(account, into, source);
  for (const list of account.lists.values()) {
    const joinedMs = list.members.get(source.id);
    if (joinedMs !== undefined && !list.members.has(into.id)) list.members.set(into.id, joinedMs);
  }
  const carried = {
    email: into.email ?? source.email,
    phone_number: into.phoneNumber ?? source.phoneNumber,
    external_id: into.externalId ?? source.externalId,
  };
  const { anonymousIds } = source;
  removeProfile(account, source);
  setIdentifiers(account, into, carried);
  for (const anonymousId of anonymousIds) setIdentifiers(account, into, { anonymous_id: anonymousId });
  into.attributes = { ...source.attributes, ...into.attributes };
  into.location = { ...source.location, ...into.location };
  into.properties = { ...source.properties, ...into.properties };
  for (const channel of CHANNELS) {
    if (into.channels[channel].updatedMs === null) into.channels[channel] = source.channels[channel];
  }
  into.suppressions.push(...source.suppressions);
  into.listSuppressions.push(...source.listSuppressions);
  into.lastEventMs = Math.max(into.lastEventMs ?? 0, source.lastEventMs ?? 0) || null;
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

/** Takes a profile out of the account with its memberships, index entries and events. */
export function removeProfile(account: Account, profile: Profile): void {
  setIdentifiers(account, profile, { email: null, phone_number: null, external_id: null });
  for (const anonymousId of profile.anonymousIds) {
    if (account.index.anonymousId.get(anonymousId) === profile.id) account.index.anonymousId.delete(anonymousId);
  }
  account.index.kx.delete(profile.kx);
  for (const list of account.lists.values()) list.members.delete(profile.id);
  for (const segment of account.segments.values()) segment.members.delete(profile.id);
  for (const id of account.index.eventsOfProfile.get(profile.id) ?? []) {
    const event = account.events.get(id);
    if (event) account.index.eventKeys.delete(eventKey(event));
    account.events.delete(id);
  }
  account.index.eventsOfProfile.delete(profile.id);
  // Webhooks are owed no event that is gone.
  account.deliveries = account.deliveries.filter(({ eventId }) => account.events.has(eventId));
  account.profiles.delete(profile.id);
}

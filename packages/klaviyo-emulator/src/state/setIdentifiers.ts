import { type Identifiers, normalEmail } from './findProfile.ts';
import type { Account, Profile } from './types.ts';

function move(index: Map<string, string>, change: { from: string | null; to: string | null; id: string }): void {
  if (change.from !== null && index.get(change.from) === change.id) index.delete(change.from);
  if (change.to !== null) index.set(change.to, change.id);
}

/** Writes the given identifiers and the index together. Absent leaves, null clears; conflicts are the caller's to find. */
export function setIdentifiers(account: Account, profile: Profile, wanted: Identifiers): void {
  const { id } = profile;
  if (wanted.email !== undefined) {
    const email = wanted.email === null ? null : normalEmail(wanted.email);
    move(account.index.email, { from: profile.email, to: email, id });
    profile.email = email;
  }
  if (wanted.phone_number !== undefined) {
    move(account.index.phone, { from: profile.phoneNumber, to: wanted.phone_number, id });
    profile.phoneNumber = wanted.phone_number;
  }
  if (wanted.external_id !== undefined) {
    move(account.index.externalId, { from: profile.externalId, to: wanted.external_id, id });
    profile.externalId = wanted.external_id;
  }
  if (wanted.anonymous_id && !profile.anonymousIds.includes(wanted.anonymous_id)) {
    account.index.anonymousId.set(wanted.anonymous_id, id);
    profile.anonymousIds.push(wanted.anonymous_id);
  }
}

/** Sets what the profile lacks and nobody else holds: an event may complete a profile, never take from another. */
export function completeIdentifiers(account: Account, profile: Profile, offered: Identifiers): void {
  const { index } = account;
  const wanted: Identifiers = {};
  if (offered.email && !profile.email && !index.email.has(normalEmail(offered.email))) wanted.email = offered.email;
  if (offered.phone_number && !profile.phoneNumber && !index.phone.has(offered.phone_number))
    wanted.phone_number = offered.phone_number;
  if (offered.external_id && !profile.externalId && !index.externalId.has(offered.external_id))
    wanted.external_id = offered.external_id;
  if (offered.anonymous_id && !index.anonymousId.has(offered.anonymous_id)) wanted.anonymous_id = offered.anonymous_id;
  setIdentifiers(account, profile, wanted);
}

import { createProfile } from './createProfile.ts';
import { findMatches, IDENTIFIER_ORDER, type IdentifierName, type Identifiers, normalEmail } from './findProfile.ts';
import { mergeProfiles } from './mergeProfiles.ts';
import { completeIdentifiers } from './setIdentifiers.ts';
import type { Account, Profile, World } from './types.ts';

export const isAnonymous = (profile: Profile) => !profile.email && !profile.phoneNumber && !profile.externalId;

/** True when a stronger identifier of the request names somebody else than this profile. */
function contradicts(profile: Profile, by: IdentifierName, given: Identifiers): boolean {
  const held: Identifiers = {
    email: profile.email,
    phone_number: profile.phoneNumber,
    external_id: profile.externalId,
  };
  return IDENTIFIER_ORDER.slice(0, IDENTIFIER_ORDER.indexOf(by)).some((name) => {
    const wanted = name === 'email' && given.email ? normalEmail(given.email) : given[name];
    return Boolean(wanted && held[name] && held[name] !== wanted);
  });
}

/**
 * The profile an event belongs to, created when unknown. An anonymous profile named beside an identified one is merged
 * into it, events and all; two identified profiles are never merged. Undefined: the given id exists nowhere, and
 * Klaviyo loses such an event.
 */
export function resolveForEvent(
  world: World,
  account: Account,
  request: { identifiers: Identifiers; nowMs: number },
): Profile | undefined {
  const { identifiers, nowMs } = request;
  if (identifiers.id && !account.profiles.has(identifiers.id)) return undefined;
  const matches = findMatches(account, identifiers);
  const fitting = matches.filter(({ by, profile }) => by === 'id' || !contradicts(profile, by, identifiers));
  const owner = fitting[0]?.profile ?? createProfile(world, account, nowMs);
  for (const { profile } of fitting) {
    if (profile !== owner && isAnonymous(profile)) mergeProfiles(account, { into: owner, source: profile, nowMs });
  }
  completeIdentifiers(account, owner, identifiers);
  return owner;
}

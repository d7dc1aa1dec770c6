import type { SubscriptionProfile } from '../wire.ts';
import { createProfile } from './createProfile.ts';
import { findMatches, findProfile } from './findProfile.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import type { Account, Profile, World } from './types.ts';

/**
 * Whose consent a channel of a subscription entry changes: who holds the channel's identifier, else who any other
 * identifier names and who lacks this one, else a new profile.
 */
export function findOwner(
  world: World,
  account: Account,
  request: { entry: SubscriptionProfile; needs: 'email' | 'phone_number' | null; nowMs: number },
): Profile {
  const { entry, needs, nowMs } = request;
  const { email, phone_number } = entry.attributes;
  const identifiers = { id: entry.id, email, phone_number };
  const address = needs === null ? undefined : identifiers[needs];
  const holder = needs && address ? findProfile(account, needs, address) : undefined;
  if (holder) return holder;
  const free = findMatches(account, identifiers).find(
    ({ profile }) => !address || (needs === 'email' ? profile.email : profile.phoneNumber) === null,
  );
  const owner = free?.profile ?? createProfile(world, account, nowMs);
  if (needs && address) setIdentifiers(account, owner, { [needs]: address });
  return owner;
}

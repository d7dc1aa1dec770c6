import { findMatches } from './findProfile.ts';
import { removeProfile } from './removeProfile.ts';
import type { Account } from './types.ts';

/** Deletes every profile the identifier names, with its events and memberships. */
export function eraseProfiles(
  account: Account,
  request: { id: string | null; email: string | null; phoneNumber: string | null },
): void {
  const matches = findMatches(account, { id: request.id, email: request.email, phone_number: request.phoneNumber });
  for (const { profile } of matches) removeProfile(account, profile);
}

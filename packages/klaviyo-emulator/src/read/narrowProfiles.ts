import { findProfile, type IdentifierName } from '../state/findProfile.ts';
import type { Account, Profile } from '../state/types.ts';
import type { Clause } from './parseFilter.ts';

const INDEXED: readonly IdentifierName[] = ['id', 'email', 'phone_number', 'external_id', '_kx'];

/** The profiles that clauses of get_profiles could match: those of an index where one knows, else all. */
export function narrowProfiles(account: Account, clauses: readonly Clause[]): Profile[] {
  for (const { operator, field, value } of clauses) {
    const name = INDEXED.find((each) => each === field);
    if (name === undefined || (operator !== 'equals' && operator !== 'any')) continue;
    const wanted = (Array.isArray(value) ? value : [value]).map(String);
    return [...new Set(wanted.flatMap((each) => findProfile(account, name, each) ?? []))];
  }
  return [...account.profiles.values()];
}

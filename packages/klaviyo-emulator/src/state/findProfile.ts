import type { Account, Profile } from './types.ts';

export interface Identifiers {
  id?: string | null | undefined;
  email?: string | null | undefined;
  phone_number?: string | null | undefined;
  external_id?: string | null | undefined;
  anonymous_id?: string | null | undefined;
  _kx?: string | null | undefined;
}

export type IdentifierName = keyof Identifiers;

/** Strongest first. Klaviyo documents no order; this is the emulator's. */
export const IDENTIFIER_ORDER = ['id', 'email', 'phone_number', 'external_id', '_kx', 'anonymous_id'] as const;

export const normalEmail = (email: string) => email.trim().toLowerCase();

export function findProfile(account: Account, name: IdentifierName, value: string): Profile | undefined {
  const id = name === 'id' ? value : lookUp(account, name, value);
  return id === undefined ? undefined : account.profiles.get(id);
}

function lookUp(account: Account, name: Exclude<IdentifierName, 'id'>, value: string): string | undefined {
  switch (name) {
    case 'email':
      return account.index.email.get(normalEmail(value));
    case 'phone_number':
      return account.index.phone.get(value);
    case 'external_id':
      return account.index.externalId.get(value);
    case 'anonymous_id':
      return account.index.anonymousId.get(value);
    case '_kx':
      return account.index.kx.get(value);
  }
}

/** Every profile that one of the identifiers names, strongest identifier first, each once. */
export function findMatches(account: Account, identifiers: Identifiers): { by: IdentifierName; profile: Profile }[] {
  const matches: { by: IdentifierName; profile: Profile }[] = [];
  for (const by of IDENTIFIER_ORDER) {
    const value = identifiers[by];
    const profile = value ? findProfile(account, by, value) : undefined;
    if (profile && !matches.some((match) => match.profile === profile)) matches.push({ by, profile });
  }
  return matches;
}

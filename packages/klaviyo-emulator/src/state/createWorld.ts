import type { AccountOptions, Settings } from '../options.ts';
import { defineSegment } from './defineSegment.ts';
import type { Account, Index, World } from './types.ts';

export const emptyIndex = (): Index => ({
  email: new Map(),
  phone: new Map(),
  externalId: new Map(),
  anonymousId: new Map(),
  kx: new Map(),
  metric: new Map(),
  eventKeys: new Set(),
  eventsOfProfile: new Map(),
});

/** Throws with the reason when a segment's `where` cannot be read. */
export function createAccount(options: AccountOptions, nowMs: number): Account {
  const lists = (options.lists ?? []).map((list) => ({
    id: list.id,
    name: list.name,
    optIn: list.optIn ?? ('single_opt_in' as const),
    createdMs: nowMs,
    updatedMs: nowMs,
    members: new Map<string, number>(),
  }));
  const account: Account = {
    publicKey: options.publicKey,
    name: options.name ?? options.publicKey,
    keys: options.keys.map(({ key, scopes }) => ({ key, scopes: scopes ?? null })),
    defaultOptIn: options.defaultOptIn ?? 'single_opt_in',
    ageGated: options.ageGated ?? false,
    profiles: new Map(),
    events: new Map(),
    metrics: new Map(),
    lists: new Map(lists.map((list) => [list.id, list])),
    segments: new Map(),
    webhooks: new Map(),
    deliveries: [],
    jobs: new Map(),
    dropped: [],
    index: emptyIndex(),
  };
  for (const segment of options.segments ?? []) {
    const defined = defineSegment(account, segment, nowMs);
    if (!defined.ok) throw new Error(`Account ${account.publicKey}: ${defined.detail}`);
  }
  return account;
}

export function createWorld(options: {
  accounts: readonly AccountOptions[];
  settings: Settings;
  nowMs: number;
}): World {
  const accounts = options.accounts.map((account) => createAccount(account, options.nowMs));
  return {
    settings: options.settings,
    accounts: new Map(accounts.map((account) => [account.publicKey, account])),
    tasks: [],
    sequence: 0,
    version: 0,
  };
}

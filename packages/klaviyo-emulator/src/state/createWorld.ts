import type { AccountOptions, Settings } from '../options.ts';
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

export function createAccount(options: AccountOptions, nowMs: number): Account {
  const lists = (options.lists ?? []).map((list) => ({
    id: list.id,
    name: list.name,
    optIn: list.optIn ?? ('single_opt_in' as const),
    createdMs: nowMs,
    updatedMs: nowMs,
    members: new Map<string, number>(),
  }));
  const segments = (options.segments ?? []).map(({ id, name, where = '' }) => ({
    id,
    name,
    where,
    createdMs: nowMs,
    updatedMs: nowMs,
    members: new Map<string, number>(),
  }));
  return {
    publicKey: options.publicKey,
    name: options.name ?? options.publicKey,
    keys: options.keys.map(({ key, scopes }) => ({ key, scopes: scopes ?? null })),
    defaultOptIn: options.defaultOptIn ?? 'single_opt_in',
    ageGated: options.ageGated ?? false,
    profiles: new Map(),
    events: new Map(),
    metrics: new Map(),
    lists: new Map(lists.map((list) => [list.id, list])),
    segments: new Map(segments.map((segment) => [segment.id, segment])),
    webhooks: new Map(),
    deliveries: [],
    jobs: new Map(),
    dropped: [],
    index: emptyIndex(),
  };
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

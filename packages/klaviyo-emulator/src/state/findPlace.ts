import type { Account, World } from './types.ts';

export interface Place {
  /** Public key. @default the first account */
  account?: string | undefined;
  listId?: string | undefined;
}

/** Who steers the emulator means an account, and perhaps a list of it. */
export function findPlace(
  world: World,
  { account: key, listId }: Place,
): { ok: true; account: Account } | { ok: false; detail: string } {
  const account = key === undefined ? [...world.accounts.values()][0] : world.accounts.get(key);
  if (!account) return { ok: false, detail: `There is no account ${key}.` };
  if (listId !== undefined && !account.lists.has(listId))
    return { ok: false, detail: `Account ${account.publicKey} has no list ${listId}.` };
  return { ok: true, account };
}

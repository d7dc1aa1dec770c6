import type { Wording } from '../assumptions.ts';
import type { Account, World } from '../state/types.ts';
import type { Answer } from './Call.ts';
import { refuse } from './problem.ts';

export type Authentication = { ok: true; account: Account } | { ok: false; answer: Answer };

const SCHEME = /^Klaviyo-API-Key\s+(\S+)$/i;

/** Finds the account of a private key and checks that the key has the operation's scopes. */
export function authenticate(world: World, header: string | null, scopes: readonly string[]): Authentication {
  const { assume } = world.settings;
  const key = SCHEME.exec(header ?? '')?.[1];
  for (const account of world.accounts.values()) {
    const known = account.keys.find((candidate) => candidate.key === key);
    if (!known) continue;
    const missing = scopes.filter((scope) => known.scopes !== null && !known.scopes.includes(scope));
    return missing.length === 0
      ? { ok: true, account }
      : { ok: false, answer: permissionDenied(assume.forbidden, missing) };
  }
  return { ok: false, answer: refuse({ status: 401, ...assume.unauthenticated }) };
}

function permissionDenied(wording: Wording, missing: readonly string[]): Answer {
  return refuse({ status: 403, ...wording, detail: `${wording.detail}: ${missing.join(', ')}.` });
}

import type { Account, World } from '../state/types.ts';
import type { Answer } from './Call.ts';
import { refuse } from './problem.ts';

type Authentication = { ok: true; account: Account } | { ok: false; answer: Answer };

const SCHEME = /^Klaviyo-API-Key\s+(\S+)$/i;

/** Finds the account of a private key and checks that the key has the operation's scopes. */
export function authenticate(world: World, header: string | null, scopes: readonly string[]): Authentication {
  const key = SCHEME.exec(header ?? '')?.[1];
  for (const account of world.accounts.values()) {
    const known = account.keys.find((candidate) => candidate.key === key);
    if (!known) continue;
    const missing = scopes.filter((scope) => known.scopes !== null && !known.scopes.includes(scope));
    return missing.length === 0 ? { ok: true, account } : { ok: false, answer: permissionDenied(missing) };
  }
  return { ok: false, answer: authenticationFailed() };
}

function authenticationFailed(): Answer {
  const title = 'Incorrect authentication credentials.';
  const detail = 'Incorrect authentication credentials. Send `Authorization: Klaviyo-API-Key pk_...`.';
  return refuse({ status: 401, code: 'authentication_failed', title, detail });
}

function permissionDenied(missing: readonly string[]): Answer {
  const title = 'You do not have permission to perform this action.';
  const detail = `The API key lacks the required scopes: ${missing.join(', ')}.`;
  return refuse({ status: 403, code: 'permission_denied', title, detail });
}

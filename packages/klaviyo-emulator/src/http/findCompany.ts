import type { World } from '../state/types.ts';
import type { Authentication } from './authenticate.ts';
import { invalidParameter } from './problem.ts';

/** Client operations carry no key: `company_id` names the account by its public key. */
export function findCompany(world: World, query: URLSearchParams): Authentication {
  const id = query.get('company_id');
  const account = id === null ? undefined : world.accounts.get(id);
  if (account) return { ok: true, account };
  const detail =
    id === null ? "'company_id' is required." : `'${id.slice(0, 50)}' is not the public key of an account.`;
  return { ok: false, answer: invalidParameter('company_id', detail) };
}

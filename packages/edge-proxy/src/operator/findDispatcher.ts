import type { Dispatcher } from '../deliver/Dispatcher.ts';
import type { HttpContext } from '../http.ts';
import { type Failure, fail } from '../ingest/failure.ts';

type Found = { ok: true; dispatcher: DurableObjectStub<Dispatcher> } | Failure;

/** The Dispatcher of an account that an operator names. */
export function findDispatcher(c: HttpContext, account: string): Found {
  const { accounts } = c.get('settings').config;
  if (!Object.hasOwn(accounts, account))
    return fail('not_found', `There is no such account; expected one of: ${Object.keys(accounts).join(', ')}`);
  return { ok: true, dispatcher: c.env.DISPATCHER.getByName(`${account}:0`) };
}

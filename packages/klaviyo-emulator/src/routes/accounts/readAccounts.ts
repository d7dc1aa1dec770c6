import { ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { presentAccount } from '../../present/presentAccount.ts';

/** A private key sees exactly its own account. */
export const getAccounts: Route = {
  operation: 'get_accounts',
  handle: (call) => ok({ data: [presentAccount(call)], links: { self: `${call.origin}${call.path}` } }),
};

export const getAccount: Route = {
  operation: 'get_account',
  handle: (call) =>
    call.id === call.account.publicKey
      ? ok({ data: presentAccount(call), links: { self: `${call.origin}${call.path}` } })
      : notFound(`An account with id ${call.id} does not exist.`),
};

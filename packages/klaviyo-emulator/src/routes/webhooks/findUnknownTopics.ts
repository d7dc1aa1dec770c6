import type { Account } from '../../state/types.ts';
import type { Issue } from '../../validate/check.ts';
import { listTopics } from '../../webhooks/listTopics.ts';

/** One issue for each wanted topic that the account does not have. */
export function findUnknownTopics(account: Account, wanted: readonly { id: string }[]): Issue[] {
  const known = new Set(listTopics(account));
  return wanted.flatMap(({ id }, index) => {
    const pointer = `/data/relationships/webhook-topics/data/${index}/id`;
    return known.has(id) ? [] : [{ pointer, detail: `A webhook topic with id ${id} does not exist.` }];
  });
}

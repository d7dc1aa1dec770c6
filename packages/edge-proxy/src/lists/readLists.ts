import type { Account, Source } from '@sluice/shared';
import { type Failure, fail } from '../ingest/failure.ts';
import { listsOf } from './listsOf.ts';

/** The lists that a request means. A page may name only those of its source; without a name those of `fallback` are meant. */
export function readLists(
  asked: readonly string[],
  fallback: readonly string[],
  { source, account }: { source: Source; account: Account },
): string[] | Failure {
  const lists = asked.length > 0 ? [...new Set(asked)] : [...fallback];
  if (lists.length === 0)
    return fail('list_not_found', 'No list is set: name one in "lists", or set "defaultList" of the account.');
  if (source.kind === 'server') return lists;
  const allowed = listsOf(source, account);
  const foreign = lists.find((list) => !allowed.includes(list));
  return foreign === undefined
    ? lists
    : fail('list_not_found', `The list "${foreign}" is not among the lists of the source "${source.id}".`);
}

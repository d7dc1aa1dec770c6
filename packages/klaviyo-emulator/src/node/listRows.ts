import type { Snapshot } from '../state/snapshot.ts';

/**
 * A snapshot in pieces, since the text of it all could be longer than a text can be: the snapshot with its lists empty,
 * then `[account's place or null, list, row]` for each of their rows, and at last how many those were.
 */
export function* listRows({ tasks, accounts, ...rest }: Snapshot): Generator<unknown> {
  let rows = 0;
  yield { ...rest, tasks: [], accounts: accounts.map(emptied) };
  for (const [place, holder] of [[null, { tasks }] as const, ...accounts.entries()]) {
    for (const [list, held] of Object.entries(holder)) {
      if (!Array.isArray(held)) continue;
      for (const row of held) yield [place, list, row];
      rows += held.length;
    }
  }
  yield { rows };
}

const emptied = (holder: object) =>
  Object.fromEntries(Object.entries(holder).map(([key, value]) => [key, Array.isArray(value) ? [] : value]));

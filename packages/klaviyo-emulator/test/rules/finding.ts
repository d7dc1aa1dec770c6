import { inShop, type Shop } from '../support/inShop.ts';
import { openTown } from '../support/openTown.ts';
import { rowsOf } from '../support/rowsOf.ts';
import type { Off, Rule } from './Rule.ts';

/** Each filter, and the rows it finds. */
export type Found = Record<string, string>;

/** The rule that filters find these rows of the town. */
export function finding(rule: string, path: string, { found, off }: { found: Found; off: Off }): Rule {
  const scene = inShop(async (shop) => {
    await openTown(shop);
    return readFilters(shop, path, Object.keys(found));
  });
  return { rule, scene, seen: found, off };
}

export async function readFilters({ read }: Shop, path: string, filters: string[]): Promise<Found> {
  const rows: Found = {};
  for (const filter of filters) rows[filter] = rowsOf(await read(path, { filter }));
  return rows;
}

import type { ChainHead } from '../consent/chain.ts';
import { concerns } from './concerns.ts';
import type { Outbox } from './Outbox.ts';
import { addBlocks, type Denial } from './tables/blocked.ts';
import { noteHeads } from './tables/heads.ts';

/** What was just written into the ledger. */
export interface BlockOrder {
  denials: readonly Denial[];
  /** Where the chains of these people end now. */
  heads: readonly ChainHead[];
}

/** From now on no call begins with what is denied. Returns the ids of the items that it finds on their way to Klaviyo. */
export function block(outbox: Outbox, { denials, heads }: BlockOrder): string[] {
  outbox.transaction(() => {
    noteHeads(outbox.sql, heads);
    if (denials.length > 0) addBlocks(outbox.sql, denials);
  });
  const denialsOf = Map.groupBy(denials, ({ subject }) => subject);
  return [...outbox.inFlight.values()]
    .flat()
    .filter((item) => item.subjects.some((name) => denialsOf.get(name)?.some((denial) => concerns(denial, item))))
    .map(({ id }) => id);
}

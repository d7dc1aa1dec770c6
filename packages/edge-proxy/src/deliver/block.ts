import type { ChainHead } from '../consent/chain.ts';
import type { OptOutNotice } from '../consent/optOutNotice.ts';
import { concerns } from './concerns.ts';
import { denialsBySubject } from './denialsBySubject.ts';
import type { FrozenItem } from './freeze.ts';
import type { Outbox } from './Outbox.ts';
import { addBlocks, type Denial } from './tables/blocked.ts';
import { lostCallsUntil } from './tables/calls.ts';
import { noteHeads } from './tables/heads.ts';
import { readItemsUpTo } from './tables/jobs.ts';
import { addOptOuts } from './tables/optOuts.ts';

/** What was just written into the ledger. */
export interface BlockOrder {
  denials: readonly Denial[];
  /** Where the chains of these people end now. */
  heads: readonly ChainHead[];
  /** Opt-outs that other systems are to be told of. */
  notices?: readonly OptOutNotice[];
}

/** From now on no call begins with what is denied. Returns the ids of the items that it finds on their way to Klaviyo. */
export function block(outbox: Outbox, { denials, heads, notices = [] }: BlockOrder): string[] {
  outbox.transaction(() => {
    noteHeads(outbox.sql, heads);
    if (denials.length > 0) addBlocks(outbox.sql, denials);
    if (notices.length > 0 && outbox.settings.config.webhooks.optOuts !== null)
      addOptOuts(outbox.sql, notices, outbox.now());
  });
  if (denials.length === 0) return [];
  const denialsOf = denialsBySubject(denials);
  const isDenied = (item: FrozenItem) => denialsOf(item).some((denial) => concerns(denial, item));
  const named = new Set<string>();
  for (const items of onTheWay(outbox)) for (const item of items) if (isDenied(item)) named.add(item.id);
  return [...named];
}

/** After a restart nobody knows which jobs the calls that it cut off belong to: any that it found may still arrive. */
function* onTheWay({ sql, inFlight, inheritedJob, ground }: Outbox): Generator<readonly FrozenItem[]> {
  yield* inFlight.values();
  if (lostCallsUntil(sql, ground.now()) !== undefined) yield* readItemsUpTo(sql, inheritedJob);
}

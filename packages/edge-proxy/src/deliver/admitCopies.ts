import type { LaneName } from '../map/item.ts';
import { chunkItems } from './chunkItems.ts';
import type { Outbox } from './Outbox.ts';
import type { StoredEvent } from './storedItem.ts';
import { shiftCount } from './tables/counters.ts';

/** Reports that were duplicates wait in the place of those that did not go. Runs in one transaction. */
export function admitCopies({ sql, inbox, ground }: Outbox, lane: LaneName, copies: readonly StoredEvent[]): void {
  for (const chunk of chunkItems(copies)) inbox.add(chunk, ground.now());
  shiftCount(sql, { lane, outcome: 'duplicate', reason: '', n: -copies.length });
}

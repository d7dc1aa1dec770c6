import type { Item } from '../../map/item.ts';
import { laneOf } from '../lanes/index.ts';
import type { Outbox } from '../Outbox.ts';
import { storeItem } from '../storedItem.ts';
import { buryItem, countOutcome } from '../tables/outcomes.ts';

/** Takes in items that are too old to be sent, as dead letters: kept, counted and replayable. */
export function buryUnsent(outbox: Outbox, items: readonly Item[]): void {
  const { sql } = outbox;
  const now = outbox.now();
  outbox.transaction(() => {
    for (const item of items.map(storeItem)) {
      const lane = laneOf(item.lane).name;
      countOutcome(sql, { lane, outcome: 'accepted', reason: '', n: 1 }, now);
      buryItem(sql, { lane, item, reason: 'expired', error: undefined, attempts: 0 }, now);
    }
  });
}

import { packBySize } from '../packBySize.ts';
import { writeLine } from './itemLine.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_ROW_BYTES } from './limits.ts';
import type { StoredItem } from './storedItem.ts';
import type { Chunk } from './tables/inbox.ts';

/** Packs items into few rows: one a lane and group, more where a row would grow too large. */
export function chunkItems(items: readonly StoredItem[]): Chunk[] {
  return [...Map.groupBy(items, ({ lane }) => lane)].flatMap(([lane, ofLane]) =>
    [...Map.groupBy(ofLane, laneOf(lane).groupKey)].flatMap(([grp, group]) =>
      packBySize(group, MAX_ROW_BYTES, writeLine).map(({ things, text }) => ({
        lane,
        grp,
        items: text,
        count: things.length,
        urgent: things.some((item) => item.lane === 'events' && item.urgent === true),
      })),
    ),
  );
}

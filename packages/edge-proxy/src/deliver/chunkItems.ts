import { countBytes } from '../countBytes.ts';
import type { Item } from '../map/item.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_ROW_BYTES } from './limits.ts';
import type { Chunk } from './tables/inbox.ts';

/** Packs items into few rows: one a lane and group, more where a row would grow too large. */
export function chunkItems(items: readonly Item[]): Chunk[] {
  const chunks: Chunk[] = [];
  const open = new Map<string, { chunk: Chunk; bytes: number }>();
  for (const item of items) {
    const lane = laneOf(item.lane);
    const grp = lane.groupKey(item);
    const line = JSON.stringify(item);
    const bytes = countBytes(line) + 1;
    const key = `${lane.name} ${grp}`;
    let current = open.get(key);
    if (!current || current.bytes + bytes > MAX_ROW_BYTES) {
      current = { chunk: { lane: lane.name, grp, lines: [], urgent: false }, bytes: 0 };
      open.set(key, current);
      chunks.push(current.chunk);
    }
    current.chunk.lines.push(line);
    current.chunk.urgent ||= item.lane === 'events' && item.urgent === true;
    current.bytes += bytes;
  }
  return chunks;
}

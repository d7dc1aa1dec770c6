import type { FrozenItem } from './freeze.ts';
import { MAX_ROW_BYTES } from './limits.ts';

const encoder = new TextEncoder();

/** Freezing makes items longer (subjects, a stitched address): what came from one row may need several. */
export function fitRows(items: readonly FrozenItem[]): FrozenItem[][] {
  const rows: FrozenItem[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const size = encoder.encode(JSON.stringify(item)).byteLength + 1;
    if (bytes + size > MAX_ROW_BYTES) {
      rows.push([]);
      bytes = 0;
    }
    rows.at(-1)?.push(item);
    bytes += size;
  }
  return rows;
}

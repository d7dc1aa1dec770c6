import type { StoredItem } from './storedItem.ts';

/** From when an item's age counts: since the edge took it in, or since an operator had it sent again. */
export function ageFrom({ replayed, receivedAtMs }: StoredItem): number {
  return replayed?.atMs ?? receivedAtMs;
}

import type { KlaviyoError } from '../klaviyo/errors.ts';
import type { Lane } from './lane.ts';
import type { StoredItem } from './storedItem.ts';

/** An identifier that goes although the item stays, because another one of it is good. */
export type Droppable = 'phone_number' | '_kx' | 'external_id';

/** What the items that Klaviyo's errors speak of come to, by index; of the others it says nothing. */
export interface Sorted {
  dead: Map<number, KlaviyoError>;
  /** Klaviyo has them. */
  duplicate: number[];
  /** They go again without that identifier. */
  amend: Map<number, Droppable>;
  /** They go on one by one, through the lane `profile`. */
  alone: number[];
}

/** Which items the errors of one answer or import speak of, and what becomes of each. */
export function sortErrors(errors: readonly KlaviyoError[], lane: Lane, items: readonly StoredItem[]): Sorted {
  const sorted: Sorted = { dead: new Map(), duplicate: [], amend: new Map(), alone: [] };
  const locate = lane.locator(items);
  for (const error of errors) {
    for (const index of error.pointer === undefined ? [] : locate(error.pointer)) {
      const item = items[index];
      if (item) sortItem(sorted, { index, item, error, lane });
    }
  }
  return sorted;
}

/** How many items the errors spoke of. */
export function countSorted({ dead, duplicate, amend, alone }: Sorted): number {
  return dead.size + duplicate.length + amend.size + alone.length;
}

interface Spoken {
  index: number;
  item: StoredItem;
  error: KlaviyoError;
  lane: Lane;
}

function sortItem(sorted: Sorted, { index, item, error, lane }: Spoken): void {
  const isConflict = error.code === 'duplicate_profile';
  // A property may have any name.
  const pointer = error.pointer?.includes('/properties/') ? '' : (error.pointer ?? '');
  const droppable =
    isConflict && lane.onConflict === 'weaken' ? weakestIdentifier(item) : refusedIdentifier(pointer, item);
  // We never send an id that is empty or too long, so Klaviyo can only mean that it has this one.
  if (pointer.endsWith('/unique_id')) sorted.duplicate.push(index);
  else if (isConflict && lane.onConflict === 'single') sorted.alone.push(index);
  else if (droppable) sorted.amend.set(index, droppable);
  else sorted.dead.set(index, error);
}

/** A bad phone or an expired `_kx` beside a good identifier costs itself, not the item. */
function refusedIdentifier(pointer: string, { who }: StoredItem): Droppable | undefined {
  const { anonymous_id: _weak, ...strong } = who;
  const name = pointer.endsWith('/phone_number') ? 'phone_number' : pointer.endsWith('/_kx') ? '_kx' : undefined;
  if (name === undefined || who[name] === undefined) return undefined;
  const others = name === '_kx' ? Object.keys(who).length - 1 : Object.keys(strong).length - 1;
  return others > 0 ? name : undefined;
}

/** Of identifiers that belong to several people the e-mail says who is meant, then the phone; an external id least. */
function weakestIdentifier({ who }: StoredItem): Droppable | undefined {
  const { email, phone_number, external_id } = who;
  if (external_id !== undefined && (email !== undefined || phone_number !== undefined)) return 'external_id';
  return email !== undefined && phone_number !== undefined ? 'phone_number' : undefined;
}

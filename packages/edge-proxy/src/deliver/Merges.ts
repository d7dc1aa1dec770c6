import { keyPart } from './lane.ts';
import { MAX_TRACKED_MERGES } from './limits.ts';
import type { StoredItem } from './storedItem.ts';

/** The group of the inbox in which `Identified` events wait, and no others. */
export const MERGES_GROUP = 'identified';

export function isMerge(item: StoredItem): boolean {
  return item.lane === 'events' && item.merges === true;
}

interface Pair {
  /** `Identified` events of the pair that wait. */
  waiting: number;
  /** Another event of the pair has become part of a job since the latest of them was stored. */
  merged: boolean;
}

/**
 * Which of the waiting `Identified` events are needless, because another event goes out under the same anonymous id and
 * address. Kept in memory alone: what a restart forgets is sent, which does no harm.
 */
export class Merges {
  readonly #pairs = new Map<string, Pair>();
  /** Pairs that nothing has merged yet, and events that wait: asked for at every look. */
  #open = 0;
  #waiting = 0;

  /** An `Identified` event was stored. */
  expect(item: StoredItem): void {
    const key = pairOf(item);
    if (key === undefined || this.#pairs.size >= MAX_TRACKED_MERGES) return;
    const before = this.#pairs.get(key);
    if (before === undefined || before.merged) this.#open += 1;
    this.#waiting += 1;
    this.#pairs.set(key, { waiting: (before?.waiting ?? 0) + 1, merged: false });
  }

  /** Events became part of a job. */
  note(items: readonly StoredItem[]): void {
    if (this.#pairs.size === 0) return;
    for (const item of items) {
      const pair = this.#pairs.get(pairOf(item) ?? '');
      if (pair === undefined || pair.merged) continue;
      pair.merged = true;
      this.#open -= 1;
    }
  }

  /** What has to be sent of some items: all but the `Identified` events that are needless, or say the same twice. */
  sift<I extends StoredItem>(items: readonly I[]): I[] {
    const sent = new Set<string | undefined>();
    return items.filter((item) => {
      if (!isMerge(item)) return true;
      const key = pairOf(item);
      const isNeedless = key !== undefined && (sent.has(key) || this.#pairs.get(key)?.merged === true);
      sent.add(key);
      return !isNeedless;
    });
  }

  /** `Identified` events left the inbox. */
  forget(items: readonly StoredItem[]): void {
    for (const item of items) {
      const key = isMerge(item) ? pairOf(item) : undefined;
      const pair = this.#pairs.get(key ?? '');
      if (key === undefined || !pair) continue;
      pair.waiting -= 1;
      this.#waiting -= 1;
      if (pair.waiting > 0) continue;
      this.#pairs.delete(key);
      if (!pair.merged) this.#open -= 1;
    }
  }

  /** True when all of so many waiting `Identified` events are needless. */
  areNeedless(waiting: number): boolean {
    return this.#open === 0 && this.#waiting === waiting;
  }
}

/** What an event merges; undefined for one that lacks either. */
function pairOf({ who: { anonymous_id, email, phone_number } }: StoredItem): string | undefined {
  const address = email ?? phone_number;
  return anonymous_id === undefined || address === undefined ? undefined : keyPart(anonymous_id) + keyPart(address);
}

import type { Config, ErrorCode } from '@sluice/shared';
import type { Judged } from './gate.ts';
import type { Lane } from './lane.ts';
import type { Decider } from './logRefused.ts';
import { type OnceKey, onceKey } from './onceKey.ts';
import type { StoredItem } from './storedItem.ts';
import type { Copy } from './tables/copies.ts';

/** An item as it goes out: under its final identifiers, with the people that consent is asked of. */
export type FrozenItem = StoredItem & {
  subjects: string[];
  /** It died of age, and its once-key is still its own: an earlier try may have reached Klaviyo. */
  holdsKey?: true;
};

interface Frozen {
  items: FrozenItem[];
  refused: { item: StoredItem; reason: ErrorCode; decider?: Decider | undefined }[];
  duplicates: StoredItem[];
  /** Those duplicates that are other reports of an order. */
  copies: Copy[];
}

/**
 * Decides what becomes of items that leave the inbox: whom they belong to, whether consent lets them go, which say the
 * same thing twice. Asked once a job: a retry under another profile would defeat Klaviyo's own deduplication.
 */
export function freeze(
  items: readonly Judged[],
  lane: Lane,
  /** True the first time that the key is claimed. */
  claim: (key: OnceKey) => boolean,
): Frozen {
  const frozen: Frozen = { items: [], refused: [], duplicates: [], copies: [] };
  const seen = new Set<string>();
  for (const { waiting, stitched, verdict } of items) {
    // A replay's earlier try may have reached Klaviyo, which knows it under the profile of then. Consent is asked of
    // whoever that is known to be now.
    const item = wasFrozen(waiting) ? waiting : stitched;
    if (!verdict.ok) {
      frozen.refused.push({ item, reason: verdict.reason, decider: verdict.decider });
      continue;
    }
    const kept: FrozenItem = { ...item, subjects: verdict.subjects };
    const key = lane.repeatKey(item);
    const once = kept.holdsKey ? undefined : onceKey(kept);
    const isRepeat = key !== undefined && seen.has(key);
    if (isRepeat || (once !== undefined && !claim(once))) {
      frozen.duplicates.push(item);
      if (!isRepeat && once !== undefined && item.lane === 'events') frozen.copies.push({ once, item });
      continue;
    }
    frozen.items.push(kept);
    if (key !== undefined) seen.add(key);
  }
  return frozen;
}

/** True of what has been in a job before, and so may have reached Klaviyo. */
export function wasFrozen(item: StoredItem): item is FrozenItem {
  return 'subjects' in item;
}

/** When the items of a group may become a job: full, urgent, or waited long enough. Epoch milliseconds. */
export function readyAt(
  waiting: { items: number; bytes: number; oldestMs: number; urgent: boolean },
  lane: Lane,
  delivery: Config['delivery'],
  maxBytes: number,
): number {
  const full = waiting.items >= lane.maxItems || waiting.bytes >= maxBytes;
  return !lane.waits || full || waiting.urgent ? waiting.oldestMs : waiting.oldestMs + delivery.maxWaitMs;
}

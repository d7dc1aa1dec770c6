import { type Config, type ErrorCode, ORDER_METRICS } from '@sluice/shared';
import type { Item } from '../map/item.ts';
import type { Gate } from './gate.ts';
import type { Lane } from './lane.ts';

/** An item as it goes out: under its final identifiers, with the people that consent is asked of. */
export type FrozenItem = Item & { subjects: string[] };

export interface Frozen {
  items: FrozenItem[];
  refused: { item: Item; reason: ErrorCode }[];
  duplicates: Item[];
}

/**
 * Decides what becomes of items that leave the inbox: whom they belong to, whether consent lets them go, which say the
 * same thing twice. Asked once a job: a retry under another profile would defeat Klaviyo's own deduplication.
 */
export function freeze(
  items: readonly Item[],
  gate: Gate,
  lane: Lane,
  claimOrder: (metric: string, uniqueId: string) => boolean,
): Frozen {
  const frozen: Frozen = { items: [], refused: [], duplicates: [] };
  const seen = new Set<string>();
  for (const waiting of items) {
    const item = gate.stitch(waiting);
    const verdict = gate.ask(item);
    if (!verdict.ok) {
      frozen.refused.push({ item, reason: verdict.reason });
      continue;
    }
    const key = lane.repeatKey(item);
    const repeated = (key !== undefined && seen.has(key)) || (isOrder(item) && !claimOrder(item.kind, item.uniqueId));
    if (key !== undefined) seen.add(key);
    if (repeated) frozen.duplicates.push(item);
    else frozen.items.push({ ...item, subjects: verdict.subjects });
  }
  return frozen;
}

function isOrder(item: Item): item is Item & { lane: 'events' } {
  return item.lane === 'events' && ORDER_METRICS.has(item.kind);
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

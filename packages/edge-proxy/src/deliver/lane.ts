import type { Config } from '@sluice/shared';
import type { Operation } from '../klaviyo/operations.ts';
import type { Item, LaneName } from '../map/item.ts';

export interface BuildContext {
  nowMs: number;
  delivery: Config['delivery'];
}

/** How one kind of item becomes calls. The table of lanes replaces branches: see lanes/index.ts. */
export interface Lane<I extends Item = Item> {
  name: LaneName;
  /** Lower goes first. */
  priority: number;
  operation: Operation;
  /** Consent changes never wait behind events: they have a connection of their own. */
  consent: boolean;
  /** Whether items wait up to `delivery.maxWaitMs` for a fuller call. */
  waits: boolean;
  maxItems: number;
  /** Jobs of this lane on their way at once. */
  maxInFlight: number;
  /** Klaviyo answers before it is done: the job is polled until it is. */
  settles: boolean;
  /** Items with the same key may share a call. */
  groupKey(item: I): string;
  /** Given where all groups of the lane fill their calls together: the part of a full call that each is sure of. */
  shares?: Readonly<Record<string, number>>;
  /** Items with the same key are the same thing said twice: only the first goes. Undefined: never a repeat. */
  repeatKey(item: I): string | undefined;
  /** The request's body. */
  build(items: readonly I[], context: BuildContext): unknown;
  /** The indexes of the items that an error's JSON pointer speaks of. */
  locate(pointer: string, items: readonly I[]): number[];
}

/** Who an item is about, as one string. */
export function profileKey({ who }: Item): string {
  return JSON.stringify([who.email, who.phone_number, who.external_id, who.anonymous_id, who._kx]);
}

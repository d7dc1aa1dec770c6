import type { Config } from '@sluice/shared';
import type { KlaviyoAnswer, KlaviyoCall } from '../klaviyo/client.ts';
import type { Operation } from '../klaviyo/operations.ts';
import type { LaneName } from '../map/item.ts';
import type { StoredItem } from './storedItem.ts';

export interface BuildContext {
  nowMs: number;
  delivery: Config['delivery'];
  /** What the look-up found: Klaviyo's ids of the items' profiles. */
  profileIds?: readonly string[];
}

/** How one kind of item becomes calls. The table of lanes replaces branches: see lanes/index.ts. */
export interface Lane<I extends StoredItem = StoredItem> {
  name: LaneName;
  /** Lower goes first. */
  priority: number;
  /** What a job of this run calls. */
  operation(run: string): Operation;
  /** Consent changes never wait behind events: they have a connection of their own. */
  consent: boolean;
  /** What a person asked for: it is never refused, never too old, and finds room past every high-water mark. */
  withdraws: boolean;
  /** Whether items wait up to `delivery.maxWaitMs` for a fuller call. */
  waits: boolean;
  /** Items that leave the inbox together: one call, unless `divide` says otherwise. */
  maxItems: number;
  /** Jobs of this lane on their way at once. */
  maxInFlight: number;
  /** Klaviyo answers before it is done: the job is polled until it is. */
  settles: boolean;
  /** Jobs that wait until the one before them has ended: all of the lane, or those of one run. */
  inOrder?: 'lane' | 'run';
  /** Whether a job has to wait until something of another lane is over. @default never */
  waitsFor?(job: Turn, other: Turn): boolean;
  /** Items with the same key may share a call. */
  groupKey(item: I): string;
  /** Given where groups of the lane fill their calls together: the part of a full call that each of them is sure of. */
  shares?: Readonly<Record<string, number>>;
  /** What the items of one job have in common. @default nothing */
  runKey?(item: I): string;
  /** Cuts items, in their order, into what goes in one call each. */
  divide?<J extends I>(items: readonly J[]): J[][];
  /** Items with the same key are the same thing said twice: only the first goes. Undefined: never a repeat. */
  repeatKey(item: I): string | undefined;
  /** Whether a job is so late, or so uncertain, that its people's state is read anew before its call. @default never */
  isStale?(job: StaleJob, nowMs: number): boolean;
  /** What a call needs that only Klaviyo knows, read before each try of a job of this run. */
  lookUp?(run: string): LookUp<I> | undefined;
  /** The id in the call's address, where it has one. */
  target?(items: readonly I[]): string;
  /** The request's body, as JSON. */
  build(items: readonly I[], context: BuildContext): string;
  /** Finds the indexes of the items that an error's JSON pointer speaks of. Made once an answer, which may have many. */
  locator(items: readonly I[]): (pointer: string) => number[];
  /**
   * What becomes of an item whose identifiers belong to several profiles: it goes on alone, through the lane `profile`,
   * or goes again without its weakest identifier. @default it dies
   */
  onConflict?: 'single' | 'weaken';
}

/** What tells whether a job is stale. */
export interface StaleJob {
  /** Tries before this one: the last may have arrived without an answer. */
  attempts: number;
  /** When the oldest of its items was decided, epoch milliseconds. */
  decidedMs: number;
}

/** When something had its turn. Epoch milliseconds; what waits in the inbox has no place yet, and was not created. */
export interface Turn {
  lane: LaneName;
  receivedMs: number;
  createdMs: number;
  place: number;
}

/** Reads that come before a call. Each takes a permit of its own. */
export interface LookUp<I extends StoredItem = StoredItem> {
  operation: Operation;
  /** `found` is kept from one try to the next: the limits may not allow all reads at once. */
  ask(items: readonly I[], call: KlaviyoCall, found: Found): Promise<LookedUp>;
}

/** Profile ids, by the filter that found them. */
export type Found = Map<string, readonly string[]>;

export type LookedUp = { ok: true; profileIds: string[] } | { ok: false; answer: KlaviyoAnswer };

/** Who an item is about, as one string. Each part says its length, so no crafted id reads as another person's parts. */
export function profileKey({ who }: Pick<StoredItem, 'who'>): string {
  const { email, phone_number, external_id, anonymous_id, _kx } = who;
  return keyPart(email) + keyPart(phone_number) + keyPart(external_id) + keyPart(anonymous_id) + keyPart(_kx);
}

/** One part of a key; parts that follow each other stay apart. */
export function keyPart(text: string | undefined): string {
  return text === undefined ? '-' : `${text.length}:${text}`;
}

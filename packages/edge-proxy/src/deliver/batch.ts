import type { LaneName } from '../map/item.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_JOB_BYTES } from './limits.ts';
import { shareOut } from './shareOut.ts';
import type { Head, Inbox, Waiting } from './tables/inbox.ts';

/** What may become one call: a group of the inbox, or those groups of a lane that fill their calls together. */
export interface Batch {
  lane: LaneName;
  groups: Waiting[];
  items: number;
  bytes: number;
  oldestMs: number;
  urgent: boolean;
}

export function batchWaiting(waiting: readonly Waiting[]): Batch[] {
  const batches = Map.groupBy(waiting, ({ lane, grp }) =>
    Object.hasOwn(laneOf(lane).shares ?? {}, grp) ? lane : `${lane} ${grp}`,
  );
  return [...batches.values()].map((groups) => ({
    lane: (groups[0] as Waiting).lane,
    groups,
    items: groups.reduce((sum, { items }) => sum + items, 0),
    bytes: groups.reduce((sum, { bytes }) => sum + bytes, 0),
    oldestMs: Math.min(...groups.map(({ oldestMs }) => oldestMs)),
    urgent: groups.some(({ urgent }) => urgent),
  }));
}

/** The heads of a batch's groups, as many items as fit a call, none stored after `storedByMs`. Changes nothing. */
export function peekBatch(inbox: Inbox, { lane: name, groups }: Batch, storedByMs?: number): Head[] {
  const lane = laneOf(name);
  const shareOf = ({ grp }: Waiting) => lane.shares?.[grp] ?? 1;
  const items = shareOut(
    lane.maxItems,
    groups.map((group) => ({ share: shareOf(group), wanted: group.items })),
  );
  const bytes = shareOut(
    MAX_JOB_BYTES,
    groups.map((group) => ({ share: shareOf(group), wanted: group.bytes * SIZE_MARGIN })),
  );
  return groups.flatMap((group, index) => {
    const limits = { maxItems: items[index] ?? 0, maxBytes: bytes[index] ?? 0, storedByMs };
    return limits.maxItems > 0 ? [inbox.peek(group, limits)] : [];
  });
}

// The size of what waits is an average of its rows, without line feeds.
const SIZE_MARGIN = 1.1;

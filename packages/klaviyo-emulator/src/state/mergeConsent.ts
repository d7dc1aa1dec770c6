import { CHANNELS, type ChannelState, type Profile } from './types.ts';

/**
 * Brings together what two profiles agreed to. Nobody documents which of two decisions Klaviyo keeps; here a withdrawal
 * on either side holds, then what the destination decided: the reading under which the fewest people may be written to.
 */
export function mergeConsent(into: Profile, source: Profile): void {
  for (const channel of CHANNELS)
    into.channels[channel] = mergeChannel(into.channels[channel], source.channels[channel]);
  into.suppressions = withMissing(into.suppressions, source.suppressions, ({ reason }) => reason);
  into.listSuppressions = withMissing(into.listSuppressions, source.listSuppressions, ({ listId }) => listId);
}

function mergeChannel(into: ChannelState, source: ChannelState): ChannelState {
  const sides = [into, source];
  const decided =
    sides.find(({ consent }) => consent === 'UNSUBSCRIBED') ??
    sides.find(({ updatedMs }) => updatedMs !== null) ??
    into;
  return {
    ...decided,
    pending: newestOfList([...into.pending, ...source.pending]),
    subscribes: newestOfList([...into.subscribes, ...source.subscribes]),
  };
}

/** Of each list the last, as asking again replaces what was asked before. */
function newestOfList<Row extends { listId: string | null; atMs: number }>(rows: readonly Row[]): Row[] {
  const inTime = rows.toSorted((a, b) => a.atMs - b.atMs);
  return [...new Map(inTime.map((row) => [row.listId, row])).values()];
}

function withMissing<Row>(kept: readonly Row[], more: readonly Row[], key: (row: Row) => string): Row[] {
  const known = new Set(kept.map(key));
  return [...kept, ...more.filter((row) => !known.has(key(row)))];
}

import type { Assumptions } from '../assumptions.ts';
import { REPEATED_SUBSCRIBE_MS } from '../limits.ts';
import type { ChannelState } from './types.ts';

/** Notes a subscribe request for one channel; false where it follows an earlier one so soon that nothing comes of it. */
export function takeSubscribe(
  assume: Assumptions,
  state: ChannelState,
  request: { listId: string | null; nowMs: number },
): boolean {
  const { listId, nowMs } = request;
  const others = state.subscribes.filter((each) => each.listId !== listId);
  const last = state.subscribes.find((each) => each.listId === listId);
  const soon = last !== undefined && nowMs - last.atMs < REPEATED_SUBSCRIBE_MS;
  if (soon && assume.repeatedSubscribe === 'ignore') return false;
  state.subscribes = [...others, { listId, atMs: nowMs }];
  return true;
}

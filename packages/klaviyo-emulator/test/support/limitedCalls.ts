import type { LimitOptions } from '../../src/rate/createLimiter.ts';
import { PATHS } from './bodies.ts';
import type { Reply, TestEmulator } from './createTestEmulator.ts';

type Send = TestEmulator['send'];

/** Limits of Get Lists, the operation that most scenes call. */
export const lists = (burstPerSecond: number, steadyPerMinute: number): LimitOptions => ({
  operations: { get_lists: { burstPerSecond, steadyPerMinute } },
});
export const getLists = (send: Send, headers = {}) => send('GET', PATHS.lists, undefined, headers);

export async function statuses(count: number, call: () => Promise<Reply>): Promise<number[]> {
  const seen: number[] = [];
  for (let number = 0; number < count; number++) seen.push((await call()).status);
  return seen;
}

/** How many calls pass at one moment before one is refused. */
export async function countPassing(call: () => Promise<Reply>): Promise<number> {
  for (let passed = 0; ; passed++) if ((await call()).status === 429) return passed;
}

/** What an answer says about limits: status, limit and remaining of the minute, and which headers there are. */
export const shown = ({ status, headers }: Reply) => [
  status,
  ...['limit', 'remaining'].map((name) => headers.get(`ratelimit-${name}`)),
  headers.has('ratelimit-reset'),
  headers.has('retry-after'),
];

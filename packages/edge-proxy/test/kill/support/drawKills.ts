import type { Moment } from './KlaviyoServer.ts';

/** When a process is to die: by chance, and again where the seed is the same. */
export interface Kill {
  /** Once so many events have gone the way that the test is about. */
  after: number;
  /** How far the call has come in the middle of which it dies, where it dies in a call. */
  moment: Moment;
  /** Later than that: what comes next is being written down. */
  delayMs: number;
}

const MOMENTS: readonly Moment[] = ['sent', 'taken', 'answered'];
const MAX_DELAY_MS = 30;

/** Kills in their order, the last of them before `until`. */
export function drawKills(random: () => number, kills: number, until: number): Kill[] {
  const below = (end: number) => Math.floor(random() * end);
  const places = Array.from({ length: kills }, () => below(until)).sort((a, b) => a - b);
  return places.map((after) => ({
    after,
    moment: MOMENTS[below(MOMENTS.length)] ?? 'sent',
    delayMs: below(MAX_DELAY_MS),
  }));
}

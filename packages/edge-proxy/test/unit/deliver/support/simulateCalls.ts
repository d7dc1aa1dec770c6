import { type CallRecord, nextPermit } from '../../../../src/deliver/nextPermit.ts';
import type { RateLimit } from '../../../../src/klaviyo/operations.ts';

export interface Journey {
  /** From our sending until Klaviyo counts the call, and from there until its answer is here. */
  toKlaviyoMs: number;
  backMs: number;
}

export interface Simulation {
  limit: RateLimit;
  share: number;
  /** Calls that may be on their way at once. */
  connections: number;
  untilMs: number;
  /** Taken in turn, again from the start when they run out. */
  journeys: readonly Journey[];
}

/** Sends as soon as the pacer allows, for as long as asked. Returns when Klaviyo counted each call. */
export function simulateCalls({ limit, share, connections, untilMs, journeys }: Simulation): number[] {
  const calls: { sentMs: number; answerMs: number }[] = [];
  const countedMs: number[] = [];
  let nowMs = 0;
  while (nowMs < untilMs) {
    const onTheWay = calls.filter(({ answerMs }) => answerMs > nowMs);
    const permit = nextPermit(asSeenAt(nowMs, calls), limit, share, nowMs);
    if (permit <= nowMs && onTheWay.length < connections) {
      const journey = journeys[calls.length % journeys.length] ?? { toKlaviyoMs: 0, backMs: 0 };
      countedMs.push(nowMs + journey.toKlaviyoMs);
      calls.push({ sentMs: nowMs, answerMs: nowMs + journey.toKlaviyoMs + journey.backMs });
      continue;
    }
    const moments = [...onTheWay.map(({ answerMs }) => answerMs), permit].filter((ms) => ms > nowMs);
    nowMs = Math.min(...moments);
  }
  return countedMs;
}

/** What the log says at a moment: an answer that has not come is not in it. */
function asSeenAt(nowMs: number, calls: readonly { sentMs: number; answerMs: number }[]): CallRecord[] {
  return calls.map(({ sentMs, answerMs }) => ({ sentMs, answeredMs: answerMs <= nowMs ? answerMs : null }));
}

/** The most calls that any of Klaviyo's fixed windows held, when they begin at this phase. */
export function fullestWindow(countedMs: readonly number[], windowMs: number, phaseMs: number): number {
  const windows = Map.groupBy(countedMs, (ms) => Math.floor((ms - phaseMs) / windowMs));
  return Math.max(0, ...[...windows.values()].map(({ length }) => length));
}

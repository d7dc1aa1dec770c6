import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPermit } from '../../../src/deliver/nextPermit.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import { fullestWindow, simulateCalls } from './support/simulateCalls.ts';

const limit = { perSecond: 3, perMinute: 10 };
const MINUTE_MS = 60_000;

describe("Klaviyo's limits are kept", () => {
  it('whatever the phase of its windows, and wherever between sending and answer it counts a call', () => {
    const journey = fc.record({
      toKlaviyoMs: fc.integer({ min: 0, max: 3000 }),
      backMs: fc.integer({ min: 0, max: 3000 }),
    });
    const cases = fc.record({
      journeys: fc.array(journey, { minLength: 1, maxLength: 40 }),
      connections: fc.integer({ min: 1, max: 5 }),
      secondPhaseMs: fc.integer({ min: 0, max: 999 }),
      minutePhaseMs: fc.integer({ min: 0, max: MINUTE_MS - 1 }),
      share: fc.constantFrom(0.1, 0.5, 0.9, 1),
    });
    fc.assert(
      fc.property(cases, ({ journeys, connections, secondPhaseMs, minutePhaseMs, share }) => {
        const counted = simulateCalls({ limit, share, connections, journeys, untilMs: 5 * MINUTE_MS });
        expect(fullestWindow(counted, 1000, secondPhaseMs)).toBeLessThanOrEqual(limit.perSecond);
        expect(fullestWindow(counted, MINUTE_MS, minutePhaseMs)).toBeLessThanOrEqual(limit.perMinute);
      }),
      { numRuns: 300 },
    );
  });

  it('for bulk event calls, at every phase of the minute', () => {
    const journeys = [20, 180, 900, 4000].map((ms) => ({ toKlaviyoMs: ms / 2, backMs: ms / 2 }));
    const real = OPERATIONS.bulk_create_events.limit;
    const counted = simulateCalls({ limit: real, share: 1, connections: 4, journeys, untilMs: 10 * MINUTE_MS });
    const fullest = Array.from({ length: 600 }, (_, step) => fullestWindow(counted, MINUTE_MS, step * 100));
    expect(Math.max(...fullest)).toBeLessThanOrEqual(real.perMinute);
  });
});

describe('the pacer', () => {
  it('is not needlessly slow: without latency it uses its whole share of every minute', () => {
    const journeys = [{ toKlaviyoMs: 0, backMs: 0 }];
    const real = OPERATIONS.bulk_create_events.limit;
    const counted = simulateCalls({ limit: real, share: 0.9, connections: 4, journeys, untilMs: 10 * MINUTE_MS });
    expect(counted.length).toBe(10 * Math.floor(real.perMinute * 0.9));
  });

  it('lets one call through in a window however small the share', () => {
    expect(nextPermit([], { perSecond: 1, perMinute: 15 }, 0.01, 1000)).toBe(0);
  });

  it.each([
    ['an answered call counts until a second after its answer', [{ sentMs: 0, answeredMs: 400 }], 1399, 1400],
    ['and then no longer', [{ sentMs: 0, answeredMs: 400 }], 1400, 0],
    ['a call on its way counts without end', [{ sentMs: 0, answeredMs: null }], 9_000, Number.POSITIVE_INFINITY],
  ])('%s', (_title, calls, nowMs, expected) => {
    expect(nextPermit(calls, { perSecond: 1, perMinute: 100 }, 1, nowMs)).toBe(expected);
  });
});

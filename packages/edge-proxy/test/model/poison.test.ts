import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventItem } from '../unit/deliver/support/items.ts';
import { Simulation, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));

/** A thousand events of one job, of which the nth is one that Klaviyo refuses. */
function poisoned(place: number) {
  const at = { receivedAtMs: START_MS, timeMs: START_MS };
  return Array.from({ length: 1000 }, (_, index) =>
    eventItem(`m${index}`, { ...at, who: { email: index === place ? 'no address' : `${index % 300}@shop.test` } }),
  );
}

async function deliver(place: number, stripsPointers: boolean) {
  const simulation = new Simulation();
  simulation.network.stripsPointers = stripsPointers;
  simulation.accept(poisoned(place));
  await simulation.pass(10_000);
  const { calls } = simulation.network;
  const done = calls.findLast(({ status }) => status === 202);
  return { simulation, calls: calls.length, neighboursAfterMs: (done?.atMs ?? Number.NaN) - START_MS };
}

describe('one bad event among a thousand', () => {
  it('costs its own death and two calls where Klaviyo points at it', async () => {
    const { simulation, calls, neighboursAfterMs } = await deliver(613, false);
    expect([calls, tally(simulation), neighboursAfterMs < 1000]).toEqual([
      2,
      { events: { delivered: 999, dead: 1 } },
      true,
    ]);
  });

  it.each([0, 1, 499, 500, 613, 998, 999])(
    'costs at most 21 calls where Klaviyo does not say which, as the %dth',
    async (place) => {
      const { simulation, calls, neighboursAfterMs } = await deliver(place, true);
      // Ten halvings in a row and what the limits ask for between twenty-one calls, but no pause of a retry.
      expect([calls <= 21, tally(simulation), neighboursAfterMs < 4000]).toEqual([
        true,
        { events: { delivered: 999, dead: 1 } },
        true,
      ]);
    },
  );

  it('does not make a call fail for others once it is dead', async () => {
    const { simulation } = await deliver(613, false);
    simulation.accept(poisoned(-1).map((item) => ({ ...item, uniqueId: `later-${item.uniqueId}` })));
    await simulation.pass(MINUTE_MS);
    expect(simulation.network.calls.map(({ status }) => status)).toEqual([400, 202, 202]);
  });
});

describe('a quiet shop', () => {
  it('has its events at Klaviyo within five seconds, at the 95th percentile', async () => {
    const simulation = new Simulation({ share: 0.9 });
    simulation.network.latencyMs = () => 40 + simulation.random() * 400;
    const acceptedMs: number[] = [];
    for (let visit = 0; visit < 200; visit++) {
      await simulation.pass(20_000 + Math.round(simulation.random() * 20_000));
      const at = { receivedAtMs: simulation.time.nowMs, timeMs: simulation.time.nowMs };
      acceptedMs.push(simulation.time.nowMs);
      const isOrder = visit % 17 === 0;
      const order = { metric: 'Placed Order', kind: 'Placed Order', urgent: true } as const;
      simulation.accept([eventItem(`m${visit}`, { ...at, ...(isOrder && order) })]);
    }
    await simulation.pass(MINUTE_MS);
    const answered = simulation.klaviyo.requests().map(({ time }) => Date.parse(time) + 440);
    const waits = answered.map((ms, visit) => ms - (acceptedMs[visit] ?? 0)).sort((a, b) => a - b);
    expect([answered.length, (waits[Math.floor(waits.length * 0.95)] ?? Number.NaN) <= 5000]).toEqual([200, true]);
  });
});

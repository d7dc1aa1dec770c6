import { expect, it } from 'vitest';
import { eventItem } from '../unit/deliver/support/items.ts';
import { Simulation, START_MS } from './support/Simulation.ts';

const MINUTE_MS = 60_000;

/** Calls of one event each: an order a call, so that calls are what is scarce. */
async function trickle(simulation: Simulation, minutes: number): Promise<void> {
  for (let step = 0; step < minutes * 600; step++) {
    const order = { metric: 'Placed Order', kind: 'Placed Order', urgent: true } as const;
    const id = `${simulation.time.nowMs}`;
    simulation.accept([eventItem(id, { ...order, receivedAtMs: START_MS, timeMs: START_MS })]);
    await simulation.pass(100);
  }
}

/** How often each status was answered in each minute. */
function byMinute({ klaviyo }: Simulation): Record<string, number>[] {
  const minutes = Map.groupBy(klaviyo.requests(), ({ time }) => Math.floor((Date.parse(time) - START_MS) / MINUTE_MS));
  return [...minutes.values()].map((requests) => {
    const statuses = Map.groupBy(requests, ({ status }) => String(status));
    return Object.fromEntries([...statuses].map(([status, { length }]) => [status, length]));
  });
}

it.each(['steady', 'windows'] as const)(
  'a limit that Klaviyo lowers is followed from its first answer on, also after a restart (%s)',
  async (rateLimitHeaders) => {
    const limits = { operations: { bulk_create_events: { burstPerSecond: 10, steadyPerMinute: 40 } } };
    const simulation = new Simulation({ klaviyo: { limits, assume: { rateLimitHeaders } } });
    await trickle(simulation, 1);
    simulation.crash();
    await trickle(simulation, 2);
    const refused = byMinute(simulation).map((minute) => minute['429'] ?? 0);
    expect(refused).toEqual(refused.map(() => 0));
  },
);

it('a limit that Klaviyo raises is followed, too', async () => {
  const limits = { operations: { bulk_create_events: { burstPerSecond: 20, steadyPerMinute: 600 } } };
  const simulation = new Simulation({ klaviyo: { limits, assume: { rateLimitHeaders: 'windows' } } });
  await trickle(simulation, 1);
  const minutes = byMinute(simulation);
  expect([minutes.every((minute) => minute['429'] === undefined), (minutes[0]?.['202'] ?? 0) > 300]).toEqual([
    true,
    true,
  ]);
});

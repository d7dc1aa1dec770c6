import fc from 'fast-check';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Item } from '../../src/map/item.ts';
import { anyCommand, type Command, carryOut, itemsOf } from './support/commands.ts';
import { LIFE_IS_OVER } from './support/DeliveryHost.ts';
import { Simulation } from './support/Simulation.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const HOUR_MS = 3_600_000;
const IMPORTANT = new Set(['Placed Order', 'Ordered Product', 'Viewed Product', 'Fragile']);

const steps = fc.array(anyCommand, LONG ? { minLength: 50, maxLength: 90 } : { minLength: 10, maxLength: 60 });

let defects: unknown[][] = [];

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    if (!String(words).includes(LIFE_IS_OVER)) defects.push(words);
  });
});

it('a call that a crash cut off counts as long as it may be on its way to Klaviyo', async () => {
  const phases = Array.from({ length: 10 }, (_, phase) => String(phase));
  const statuses = await Promise.all(
    phases.map(async (seed) => {
      const simulation = new Simulation({ share: 0.05, klaviyo: { limits: { seed, scale: 0.05 } } });
      simulation.network.hidesLimits = true;
      const latencies = [1400];
      simulation.network.latencyMs = () => latencies.shift() ?? 10;
      await carryOut(simulation, { do: 'accept', message: 13 });
      await simulation.pass(0);
      simulation.crash();
      await simulation.pass(60_000);
      return simulation.klaviyo.requests().map(({ status }) => status);
    }),
  );
  expect(statuses).toEqual(phases.map(() => [202, 202]));
});

it('what died after a try that Klaviyo had taken counts once when it is replayed, whoever its visitor is known to be by then', async () => {
  const simulation = new Simulation();
  simulation.network.mishaps.push('lost');
  await carryOut(simulation, { do: 'accept', message: 9 });
  await simulation.pass(2000);
  simulation.network.refusesFragile = true;
  await simulation.pass(60_000);
  const dead = simulation.deadLetters();
  await carryOut(simulation, { do: 'identify', visitor: 3 });
  simulation.network.refusesFragile = false;
  simulation.replay();
  await simulation.pass(60_000);
  const { events } = simulation.klaviyo.state();
  const sent = events.filter(({ metric }) => metric === 'Fragile').map(({ unique_id }) => unique_id);
  expect({ dead, sent, waiting: simulation.figures().waiting }).toEqual({ dead: 1, sent: ['m9'], waiting: {} });
});

it('whatever happens on the way, what was accepted arrives once, within the limits, what died once it is replayed', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(10_000), fc.constantFrom(0.05, 0.2, 1), async (commands, seed, scale) => {
      // Limits so low that a handful of calls meets them, and answers that take from no time to most of a window.
      const simulation = new Simulation({ seed, share: scale, klaviyo: { limits: { seed: String(seed), scale } } });
      simulation.network.hidesLimits = true;
      simulation.network.latencyMs = () => simulation.random() ** 3 * 1500;
      defects = [];
      for (const command of commands) {
        await carryOut(simulation, command);
        expect(imbalance(simulation)).toEqual({ items: 0, dead: 0 });
      }
      simulation.network.mishaps.length = 0;
      simulation.network.refusesFragile = false;
      simulation.useKey('pk_emulator_demo');
      await simulation.pass(HOUR_MS);
      simulation.replay();
      await simulation.pass(HOUR_MS);
      expect({ ...describe(simulation), defects: defects.slice(0, 3) }).toEqual({ ...expected(commands), defects: [] });
    }),
    { numRuns: LONG ? 2000 : 300, seed: 20261127 },
  );
});

/** Items that came in and are neither waiting nor accounted for, and dead ones that are not kept. */
function imbalance(simulation: Simulation): { items: number; dead: number } {
  const { waiting, counts } = simulation.figures();
  const sum = (outcome: string) => counts.reduce((n, count) => n + (count.outcome === outcome ? count.n : 0), 0);
  const left = Object.values(waiting).reduce((n, items) => n + items, 0);
  const ended = ['delivered', 'refused', 'dead', 'duplicate'].reduce((n, name) => n + sum(name), 0);
  return { items: sum('accepted') - left - ended, dead: sum('dead') - simulation.deadLetters() };
}

/** What Klaviyo has in the end, what still waits, and how often Klaviyo had to say that it was too much. */
function describe(simulation: Simulation) {
  const { events, profiles, lists } = simulation.klaviyo.state();
  const { waiting, counts } = simulation.figures();
  const members = new Set(lists.flatMap((list) => list.members.map(({ profile }) => profile)));
  return {
    events: events
      .filter(({ metric }) => IMPORTANT.has(metric))
      .map(({ metric, unique_id }) => `${metric} ${unique_id}`)
      .sort(),
    named: profiles
      .filter(({ attributes, email }) => attributes.first_name && email)
      .map(({ email }) => email)
      .sort(),
    optedOut: profiles
      .filter(({ consent }) => consent.email.consent === 'UNSUBSCRIBED')
      .map(({ email }) => email)
      .sort(),
    members: profiles
      .filter(({ id }) => members.has(id))
      .map(({ email }) => email)
      .sort(),
    waiting,
    lost: counts.filter(({ outcome }) => outcome === 'dead' || outcome === 'refused'),
    refusedByLimits: simulation.klaviyo.requests().filter(({ status }) => status === 429).length,
  };
}

function expected(commands: readonly Command[]) {
  const messages = new Set(commands.flatMap((command) => (command.do === 'accept' ? [command.message] : [])));
  const items = [...messages].flatMap(itemsOf);
  const emails = (...lanes: Item['lane'][]) =>
    items
      .filter(({ lane }) => lanes.includes(lane))
      .map(({ who }) => who.email)
      .sort();
  const events = items.flatMap((item) =>
    item.lane === 'events' && IMPORTANT.has(item.metric) ? [`${item.metric} ${item.uniqueId}`] : [],
  );
  return {
    events: [...new Set(events)].sort(),
    named: emails('profiles', 'profile'),
    optedOut: emails('unsubscribe'),
    members: emails('subscribe', 'members'),
    waiting: {},
    lost: [],
    refusedByLimits: 0,
  };
}

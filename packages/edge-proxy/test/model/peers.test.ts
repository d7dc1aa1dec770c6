import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../src/map/item.ts';
import { eventItem, profileItem, subscribeItem } from '../unit/deliver/support/items.ts';
import { Simulation, type SimulationOptions, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = { receivedAtMs: START_MS, timeMs: START_MS };
const BAD_PHONE = '+1';

const order = (id: string, email: string): Item[] => [
  eventItem(id, {
    ...at,
    id: `${id}#Placed Order`,
    who: { email },
    metric: 'Placed Order',
    kind: 'Placed Order',
    uniqueId: '1001',
    urgent: true,
  }),
  ...['A', 'B'].map((line) =>
    eventItem(id, {
      ...at,
      id: `${id}#Ordered Product:${line}`,
      who: { email },
      metric: 'Ordered Product',
      kind: 'Ordered Product',
      uniqueId: `1001:${line}`,
    }),
  ),
];

const sent = ({ klaviyo }: Simulation) =>
  klaviyo.state().events.map(({ metric, unique_id }) => `${metric} ${unique_id}`);

function open(options: SimulationOptions = {}): Simulation {
  const { klaviyo, ...others } = options;
  return new Simulation({ klaviyo: { requestLog: { maxBodyBytes: 1_000_000 }, ...klaviyo }, ...others });
}

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));

/** Defects that the products beside this one were found to have, each by its symptom. */
describe('it is not so that', () => {
  it('a 429 is acknowledged, and what it refused is gone', async () => {
    const simulation = open();
    simulation.network.mishaps = ['429', '429', '429'];
    simulation.accept(order('o', 'ada@shop.test'));
    await simulation.pass(5 * MINUTE_MS);
    expect([sent(simulation).length, tally(simulation)]).toEqual([3, { events: { delivered: 3 } }]);
  });

  it('each try of an order has fresh ids on its lines, so that they count again', async () => {
    const simulation = open();
    simulation.network.mishaps = ['lost', 'lostSilently', '500', 'lost'];
    simulation.accept(order('o', 'ada@shop.test'));
    await simulation.pass(HOUR_MS);
    const bodies = simulation.klaviyo.requests().map(({ requestBody }) => JSON.stringify(requestBody));
    expect([bodies.length, new Set(bodies).size, sent(simulation).sort()]).toEqual([
      4,
      1,
      ['Ordered Product 1001:A', 'Ordered Product 1001:B', 'Placed Order 1001'],
    ]);
  });

  it.each([false, true])('good rows fail with a bad one (the answer names none: %s)', async (stripsPointers) => {
    const simulation = open();
    simulation.network.stripsPointers = stripsPointers;
    const people = ['a@shop.test', 'no address', 'c@shop.test'];
    simulation.accept([
      ...people.map((email, index) => eventItem(`e${index}`, { ...at, who: { email } })),
      ...people.map((email, index) => profileItem(`p${index}`, { ...at, who: { email } })),
      ...people.map((email, index) => subscribeItem(`s${index}`, { ...at, who: { email } })),
    ]);
    await simulation.pass(5 * MINUTE_MS);
    const ends = { delivered: 2, dead: 1 };
    expect(tally(simulation)).toEqual({ events: ends, profiles: ends, subscribe: ends });
  });

  it.each(['reject', 'job'] as const)(
    'rows with a bad phone are dropped, good address and all (%s)',
    async (bulkImportInvalid) => {
      const simulation = open({ klaviyo: { assume: { bulkImportInvalid } } });
      const who = { email: 'ada@shop.test', phone_number: BAD_PHONE };
      simulation.accept([
        profileItem('p', { ...at, who }),
        profileItem('q', { ...at, who: { email: 'grace@shop.test' } }),
        subscribeItem('s', { ...at, who, channels: ['email', 'sms'] }),
        eventItem('e', { ...at, who }),
      ]);
      await simulation.pass(5 * MINUTE_MS);
      const named = simulation.klaviyo.state().profiles.map(({ email, attributes }) => [email, attributes.first_name]);
      expect([tally(simulation), named.sort()]).toEqual([
        { profiles: { delivered: 2 }, subscribe: { delivered: 1 }, events: { delivered: 1 } },
        [
          ['ada@shop.test', 'p'],
          ['grace@shop.test', 'q'],
        ],
      ]);
    },
  );

  it.each(['discard', 'reject'] as const)(
    'a job that is answered after its first answer was lost counts twice (repeats: %s)',
    async (bulkDuplicates) => {
      const simulation = open({ klaviyo: { assume: { bulkDuplicates } } });
      simulation.network.mishaps = ['lost', 'lost', 'lost'];
      simulation.accept([
        ...order('o', 'ada@shop.test'),
        profileItem('p', { ...at, who: { email: 'ada@shop.test' } }),
        eventItem('v', { ...at, who: { email: 'ada@shop.test' } }),
      ]);
      await simulation.pass(HOUR_MS);
      const { counts } = simulation.figures();
      const ended = counts.reduce((sum, { outcome, n }) => sum + (outcome === 'accepted' ? 0 : n), 0);
      expect([ended, sent(simulation).length, new Set(sent(simulation)).size]).toEqual([5, 4, 4]);
    },
  );

  it('an order that page and back end report under two profiles counts twice', async () => {
    const simulation = open();
    simulation.accept(order('page', 'ada@shop.test'));
    await simulation.pass(MINUTE_MS);
    simulation.accept(order('server', 'ada@work.test'));
    await simulation.pass(MINUTE_MS);
    expect([sent(simulation).length, tally(simulation)]).toEqual([3, { events: { delivered: 3, duplicate: 3 } }]);
  });

  it.each([
    ['Klaviyo had taken', 'lost', 3],
    ['never got through', 'reset', 0],
  ] as const)(
    'an order that waited too long after a try that %s counts twice, or never, when it is reported again and replayed',
    async (_title, mishap, before) => {
      const simulation = open();
      simulation.network.mishaps = Array.from({ length: 1000 }, () => mishap);
      simulation.accept(order('page', 'ada@shop.test'));
      await simulation.pass(73 * HOUR_MS);
      simulation.network.mishaps = [];
      const expired = [sent(simulation).length, tally(simulation)];
      const nowMs = simulation.time.nowMs;
      simulation.accept(order('server', 'ada@work.test').map((item) => ({ ...item, receivedAtMs: nowMs })));
      await simulation.pass(MINUTE_MS);
      const reported = [sent(simulation).length, tally(simulation)];
      simulation.replay();
      await simulation.pass(MINUTE_MS);
      expect([expired, reported, sent(simulation).sort(), tally(simulation)]).toEqual([
        [before, { events: { dead: 3 } }],
        [before, { events: { dead: 3, duplicate: 3 } }],
        ['Ordered Product 1001:A', 'Ordered Product 1001:B', 'Placed Order 1001'],
        { events: { delivered: 3, duplicate: 3 } },
      ]);
    },
  );

  it("a drained outage starts yesterday's flows", async () => {
    const simulation = open();
    simulation.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    const added = { metric: 'Added to Cart', kind: 'Added to Cart' } as const;
    simulation.accept([eventItem('old', { ...at, ...added })]);
    await simulation.pass(5 * HOUR_MS);
    simulation.klaviyo.faults.replace([]);
    await simulation.pass(HOUR_MS);
    const nowMs = simulation.time.nowMs;
    simulation.accept([eventItem('new', { receivedAtMs: nowMs, timeMs: nowMs, ...added })]);
    await simulation.pass(MINUTE_MS);
    expect(simulation.klaviyo.state().events.map(({ unique_id, backfill }) => [unique_id, backfill])).toEqual([
      ['old', true],
      ['new', false],
    ]);
  });
});

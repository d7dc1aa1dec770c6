import { ConfigSchema } from '@sluice/shared';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mapMessage } from '../../src/map/mapMessage.ts';
import {
  eventItem,
  memberItem,
  profileItem,
  singleItem,
  subscribeItem,
  unsubscribeItem,
} from '../unit/deliver/support/items.ts';
import { accept } from '../unit/map/support/accept.ts';
import { LIFE_IS_OVER } from './support/DeliveryHost.ts';
import type { Mishap } from './support/Network.ts';
import { Simulation, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const at = { receivedAtMs: START_MS, timeMs: START_MS };
const who = (name: string) => ({ email: `${name}@example.com` });
const visit = (id: string, name: string) => eventItem(id, { ...at, who: who(name) });
const received = ({ klaviyo }: Simulation) =>
  klaviyo
    .state()
    .events.map(({ unique_id }) => unique_id)
    .sort();
const blockedRows = ({ storage }: Simulation) =>
  storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM blocked').one().n;

let defects: unknown[][] = [];

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  defects = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    if (!String(words).includes(LIFE_IS_OVER)) defects.push(words);
  });
});

describe('an opt-out of tracking', () => {
  it('reaches what waits in a job: it is refused, and the rest of the job goes unchanged', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps.push('500');
    simulation.accept([visit('a', 'ada'), visit('b', 'grace'), visit('c', 'mary')]);
    await simulation.pass(2100);
    const named = await simulation.decide(who('grace'));
    await simulation.pass(MINUTE_MS);
    expect([named, received(simulation), tally(simulation)]).toEqual([
      [],
      ['a', 'c'],
      { events: { delivered: 2, refused: 1 } },
    ]);
    const told = vi
      .mocked(console.log)
      .mock.calls.flatMap(([line]) => (String(line).includes('"refused"') ? [JSON.parse(line)] : []));
    const subject = simulation.database.prepare('SELECT subject FROM consent_state').get()?.subject;
    const entry = { subject, purpose: 'tracking', list: '', decidedAtMs: START_MS + 2100, items: 1 };
    expect(told).toEqual([
      { message: 'refused', account: 'main', lane: 'events', reason: 'consent_denied', entries: [entry] },
    ]);
  });

  it('ends a job of which it leaves nothing', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps.push('500');
    simulation.accept([visit('a', 'ada')]);
    await simulation.pass(2100);
    await simulation.decide(who('ada'));
    await simulation.pass(MINUTE_MS);
    expect([simulation.network.calls.length, tally(simulation), simulation.figures().waiting]).toEqual([
      0,
      { events: { refused: 1 } },
      {},
    ]);
  });

  it('counts although the ledger was read for the job just before it was written', async () => {
    const simulation = new Simulation();
    simulation.databaseAnswerMs = 500;
    simulation.accept([visit('a', 'ada')]);
    await simulation.pass(2200);
    await simulation.decide(who('ada'));
    await simulation.tick();
    await simulation.pass(MINUTE_MS);
    expect([received(simulation), tally(simulation)]).toEqual([[], { events: { refused: 1 } }]);
  });

  it('names what is on its way, which is not sent again', async () => {
    const simulation = new Simulation();
    simulation.network.latencyMs = () => 400;
    simulation.network.mishaps.push('lost');
    simulation.accept([visit('a', 'ada'), visit('b', 'grace')]);
    await simulation.pass(2200);
    const named = await simulation.decide(who('ada'));
    await simulation.pass(MINUTE_MS);
    const bodies = simulation.network.calls.length;
    expect([named, bodies, tally(simulation)]).toEqual([
      ['a#Viewed Product'],
      2,
      { events: { delivered: 1, refused: 1 } },
    ]);
  });

  it('names what a crash cut off, for as long as it may still arrive', async () => {
    const simulation = new Simulation();
    simulation.network.latencyMs = () => 400;
    simulation.accept([visit('a', 'ada'), visit('b', 'grace'), visit('c', 'mary')]);
    await simulation.pass(2200);
    simulation.network.answerInstead = () => new Response(null, { status: 500 });
    simulation.crash();
    const atOnce = await simulation.decide(who('ada'));
    await simulation.pass(20 * SECOND_MS);
    const later = await simulation.decide(who('grace'));
    expect([atOnce, later]).toEqual([['a#Viewed Product'], []]);
  });

  it('names it to whoever asks again, and then refuses it', async () => {
    const simulation = new Simulation();
    simulation.network.latencyMs = () => 400;
    simulation.accept([visit('a', 'ada'), visit('b', 'grace')]);
    await simulation.pass(2200);
    simulation.network.answerInstead = () => new Response(null, { status: 500 });
    simulation.crash();
    const first = await simulation.decide(who('ada'));
    await simulation.pass(5 * SECOND_MS);
    const second = await simulation.decide(who('ada'));
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(MINUTE_MS);
    expect([first, second, received(simulation), tally(simulation)]).toEqual([
      ['a#Viewed Product'],
      ['a#Viewed Product'],
      ['b'],
      { events: { delivered: 1, refused: 1 } },
    ]);
  });

  it('holds for every kind of item that tracks, and for no removal and no order of a back end', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = () => new Response(null, { status: 500 });
    const ada = { receivedAtMs: START_MS, who: who('ada') };
    simulation.accept([
      visit('a', 'ada'),
      eventItem('order', { ...at, who: who('ada'), purpose: 'transactional' }),
      profileItem('p', ada),
      singleItem('s', ada),
      memberItem('m', ada),
      unsubscribeItem('u', ada),
    ]);
    await simulation.pass(10 * SECOND_MS);
    await simulation.decide(who('ada'));
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(10 * MINUTE_MS);
    simulation.accept([memberItem('r', { ...ada, action: 'remove' })]);
    await simulation.pass(10 * MINUTE_MS);
    expect(tally(simulation)).toEqual({
      events: { delivered: 1, refused: 1 },
      profiles: { refused: 1 },
      profile: { refused: 1 },
      members: { delivered: 1, refused: 1 },
      unsubscribe: { delivered: 1 },
    });
  });

  it('counts under an id that does not go out', async () => {
    const config = ConfigSchema.parse({ sources: [{ id: 'backend', kind: 'server' }] });
    const simulation = new Simulation();
    await simulation.decide({ anonymous_id: 'anon-1' });
    await simulation.decide({ external_id: 'user-2' });
    const events = [
      { type: 'identify', messageId: 'i', anonymousId: 'anon-1', traits: { email: 'ada@example.com', firstName: 'A' } },
      { type: 'track', messageId: 't', event: 'Ping', userId: 'user-2', context: { traits: who('grace') } },
    ].map((message) => accept(message));
    const common = { v: 1, account: 'main', source: 'backend', receivedAtMs: START_MS } as const;
    simulation.accept(mapMessage({ ...common, kind: 'events', trusted: true, events }, config));
    await simulation.pass(2 * MINUTE_MS);
    expect([simulation.network.calls.length, tally(simulation)]).toEqual([
      0,
      { events: { refused: 2 }, profiles: { refused: 1 } },
    ]);
  });

  it('outlives a crash, and the halves of a job know of it', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = () => new Response(null, { status: 413 });
    simulation.accept([visit('a', 'ada'), visit('b', 'grace'), visit('c', 'mary'), visit('d', 'emmy')]);
    await simulation.pass(2050);
    await simulation.decide(who('grace'));
    simulation.crash();
    await simulation.pass(40);
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(MINUTE_MS);
    expect([received(simulation), tally(simulation)]).toEqual([
      ['a', 'c', 'd'],
      { events: { delivered: 3, refused: 1 } },
    ]);
  });

  it('leaves a back end its own report of an order that the page may not send any more', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps.push('429');
    const order = { ...at, who: who('ada'), metric: 'Placed Order', kind: 'Placed Order', uniqueId: '1001' };
    simulation.accept([eventItem('page', { ...order, urgent: true })]);
    await simulation.pass(1000);
    await simulation.decide(who('ada'));
    await simulation.pass(MINUTE_MS);
    simulation.accept([eventItem('server', { ...order, purpose: 'transactional' })]);
    await simulation.pass(MINUTE_MS);
    expect([received(simulation), tally(simulation)]).toEqual([['1001'], { events: { delivered: 1, refused: 1 } }]);
  });

  it('is forgotten once every job has been frozen after it, and not before', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = () => new Response(null, { status: 500 });
    simulation.accept([visit('a', 'ada')]);
    await simulation.pass(2100);
    await simulation.decide(who('grace'));
    await simulation.tick();
    const during = blockedRows(simulation);
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(HOUR_MS);
    await simulation.tick();
    const after = blockedRows(simulation);
    await simulation.decide(who('mary'));
    const next = simulation.storage.sql.exec<{ seq: number }>('SELECT seq FROM blocked').one().seq;
    expect([during, after, next]).toEqual([1, 0, 2]);
  });
});

describe('an opt-out under a key of the ledger that is replaced', () => {
  it('still counts, and ends with a later yes under the new key', async () => {
    const simulation = new Simulation();
    await simulation.decide(who('ada'));
    simulation.replaceLedgerKey();
    simulation.accept([visit('a', 'ada')]);
    await simulation.pass(10 * SECOND_MS);
    await simulation.decide(who('ada'), { decision: 'granted' });
    simulation.accept([visit('b', 'ada')]);
    await simulation.pass(10 * SECOND_MS);
    expect([received(simulation), tally(simulation)]).toEqual([['b'], { events: { delivered: 1, refused: 1 } }]);
  });

  it('or by the new one, reaches what was frozen before', async () => {
    const simulation = new Simulation();
    simulation.network.mishaps.push('500');
    simulation.accept([visit('a', 'ada')]);
    await simulation.pass(2100);
    simulation.replaceLedgerKey();
    await simulation.decide(who('ada'));
    await simulation.pass(MINUTE_MS);
    expect(tally(simulation)).toEqual({ events: { refused: 1 } });
  });
});

describe('a sign-up that is tried again after an opt-out', () => {
  it('never lifts it', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = (path) =>
      path.includes('subscription-bulk-create') ? new Response(null, { status: 503 }) : undefined;
    simulation.accept([subscribeItem('s', { who: who('ada'), receivedAtMs: START_MS, decidedAtMs: START_MS })]);
    await simulation.pass(10 * SECOND_MS);
    await simulation.decide(who('ada'), { purpose: 'email' });
    simulation.accept([unsubscribeItem('u', { who: who('ada'), receivedAtMs: simulation.time.nowMs })]);
    await simulation.pass(10 * SECOND_MS);
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(2 * HOUR_MS);
    const [profile] = simulation.klaviyo.state().profiles;
    expect([profile?.consent.email.consent, tally(simulation)]).toEqual([
      'UNSUBSCRIBED',
      { subscribe: { refused: 1 }, unsubscribe: { delivered: 1 } },
    ]);
  });

  it('goes by its other channel, whether the opt-out came before its freezing or after', async () => {
    const simulation = new Simulation();
    const both = { email: 'ada@example.com', phone_number: '+41446681800' };
    const signUp = (id: string, list: string) =>
      subscribeItem(id, { who: both, channels: ['email', 'sms'], list, receivedAtMs: START_MS, decidedAtMs: START_MS });
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    simulation.accept([signUp('frozen', 'DEMO01')]);
    await simulation.pass(10 * SECOND_MS);
    await simulation.decide({ email: both.email }, { purpose: 'email' });
    simulation.accept([signUp('waiting', 'DEMO01')]);
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(2 * HOUR_MS);
    const profiles = simulation.klaviyo.state().profiles.map(({ email, phone_number }) => [email, phone_number]);
    expect([profiles, tally(simulation)]).toEqual([[[null, both.phone_number]], { subscribe: { delivered: 2 } }]);
  });

  it('goes where the opt-out was of another list, of another channel, or older', async () => {
    const simulation = new Simulation();
    simulation.network.answerInstead = () => new Response(null, { status: 503 });
    simulation.accept([subscribeItem('s', { who: who('ada'), receivedAtMs: START_MS, decidedAtMs: START_MS })]);
    await simulation.pass(10 * SECOND_MS);
    await simulation.decide(who('ada'), { purpose: 'email', list: 'OTHER1' });
    await simulation.decide(who('ada'), { purpose: 'sms' });
    await simulation.decide(who('ada'), { purpose: 'email', decidedAtMs: START_MS - 1 });
    simulation.network.answerInstead = () => undefined;
    await simulation.pass(2 * HOUR_MS);
    expect(tally(simulation)).toEqual({ subscribe: { delivered: 1 } });
  });
});

const PEOPLE = 4;
const MISHAPS: Mishap[] = ['none', '429', '500', 'html403', 'hang', 'reset', 'lost', 'lostSilently'];

type Step =
  | { do: 'visit'; person: number }
  | { do: 'optOut'; person: number }
  | { do: 'mishaps'; mishaps: Mishap[] }
  | { do: 'slowDatabase'; ms: number }
  | { do: 'tick' }
  | { do: 'crash' }
  | { do: 'pass'; ms: number };

const person = fc.nat(PEOPLE - 1);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('visit' as const), person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('optOut' as const), person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mishaps' as const),
      mishaps: fc.array(fc.constantFrom(...MISHAPS), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slowDatabase' as const), ms: fc.constantFrom(0, 300, 2000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'tick' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(800), fc.nat(60_000)) }) },
);

it('once an opt-out is answered, no call brings an event of that person but those that the answer named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 60 }), fc.nat(10_000), async (steps, seed) => {
      const simulation = new Simulation({
        seed,
        klaviyo: { requestLog: { maxEntries: 10_000, maxBodyBytes: 100_000 } },
      });
      simulation.network.latencyMs = () => simulation.random() ** 3 * 1500;
      const optedOut = new Map<number, { calls: number; named: string[] }>();
      for (const [index, step] of steps.entries()) await carryOut(simulation, step, { index, optedOut });
      simulation.network.mishaps.length = 0;
      simulation.databaseAnswerMs = 0;
      await simulation.pass(2 * HOUR_MS);
      const requests = simulation.klaviyo.requests();
      const late = [...optedOut].flatMap(([name, { calls, named }]) => {
        const before = new Set(requests.slice(0, calls).flatMap((request) => visitsOf(name, request)));
        const after = requests.slice(calls).flatMap((request) => visitsOf(name, request));
        // What Klaviyo has already may come to it again from a process that died: it counts once.
        return after.filter((id) => !before.has(id) && !named.includes(`${id}#Viewed Product`));
      });
      const { waiting, counts } = simulation.figures();
      const sum = counts.reduce((n, count) => n + (count.outcome === 'accepted' ? count.n : -count.n), 0);
      expect({ late, waiting, sum, defects }).toEqual({ late: [], waiting: {}, sum: 0, defects: [] });
    }),
    { numRuns: LONG ? 2000 : 150, seed: 20261129 },
  );
});

function visitsOf(name: number, { requestBody }: { requestBody: unknown }): string[] {
  return JSON.stringify(requestBody).match(new RegExp(`visit-${name}-\\d+`, 'g')) ?? [];
}

interface Told {
  index: number;
  /** The calls that Klaviyo had seen when each was answered, and the ids that the answer named. */
  optedOut: Map<number, { calls: number; named: string[] }>;
}

async function carryOut(simulation: Simulation, step: Step, { index, optedOut }: Told): Promise<void> {
  switch (step.do) {
    case 'visit': {
      const { nowMs } = simulation.time;
      const change = { who: who(`p${step.person}`), receivedAtMs: nowMs, timeMs: nowMs };
      simulation.accept([eventItem(`visit-${step.person}-${index}`, change)]);
      break;
    }
    case 'optOut': {
      if (optedOut.has(step.person)) break;
      const named = await simulation.decide(who(`p${step.person}`));
      optedOut.set(step.person, { calls: simulation.klaviyo.requests().length, named });
      break;
    }
    case 'mishaps':
      simulation.network.mishaps.push(...step.mishaps);
      break;
    case 'slowDatabase':
      simulation.databaseAnswerMs = step.ms;
      break;
    case 'crash':
      simulation.crash();
      break;
    case 'tick':
      await simulation.tick();
      break;
    case 'pass':
      await simulation.pass(step.ms);
      break;
  }
}

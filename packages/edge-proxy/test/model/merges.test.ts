import { beforeEach, expect, it, vi } from 'vitest';
import type { EventItem } from '../../src/map/item.ts';
import { saveIdentities } from '../../src/store/identities.ts';
import { eventItem } from '../unit/deliver/support/items.ts';
import { Simulation, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const SECOND_MS = 1000;
const both = { email: 'ada@shop.test', anonymous_id: 'anon-1' };

const identified = (id: string, who: EventItem['who'] = both) =>
  eventItem(id, { ...now, id: `${id}#Identified`, metric: 'Identified', kind: 'Identified', merges: true, who });
const view = (id: string, who: EventItem['who'] = both) => eventItem(id, { ...now, who });
const now = { receivedAtMs: START_MS, timeMs: START_MS };

const sent = ({ klaviyo }: Simulation) =>
  klaviyo.state().events.map(({ metric, unique_id }) => `${metric} ${unique_id}`);

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));

it('an identify that nothing follows merges the visitor after a minute', async () => {
  const simulation = new Simulation();
  simulation.accept([view('before', { anonymous_id: 'anon-1' })]);
  await simulation.pass(5 * SECOND_MS);
  simulation.accept([identified('i')]);
  await simulation.pass(59 * SECOND_MS);
  const early = sent(simulation);
  await simulation.pass(2 * SECOND_MS);
  const profiles = simulation.klaviyo.state().profiles.map(({ email }) => email);
  expect([early, sent(simulation), profiles, tally(simulation)]).toEqual([
    ['Viewed Product before'],
    ['Viewed Product before', 'Identified i'],
    ['ada@shop.test'],
    { events: { delivered: 2 } },
  ]);
});

it("a shop's own event of the same name is sent like any other", async () => {
  const simulation = new Simulation();
  simulation.accept([eventItem('own', { ...now, metric: 'Identified', kind: 'Identified', who: both }), view('v')]);
  await simulation.pass(70 * SECOND_MS);
  expect(sent(simulation).sort()).toEqual(['Identified own', 'Viewed Product v']);
});

it('an event under both ids makes it needless, and it waits no longer', async () => {
  const simulation = new Simulation();
  simulation.accept([identified('i'), identified('again')]);
  await simulation.pass(20 * SECOND_MS);
  simulation.accept([view('m')]);
  await simulation.pass(3 * SECOND_MS);
  expect([sent(simulation), tally(simulation)]).toEqual([
    ['Viewed Product m'],
    { events: { delivered: 1, duplicate: 2 } },
  ]);
});

it('so does an anonymous event, once the address is looked up for it', async () => {
  const simulation = new Simulation();
  await saveIdentities(simulation.db, 'main', [{ kind: 'anonymous', id: 'anon-1', email: both.email, phone: null }], 0);
  simulation.accept([identified('i'), view('m', { anonymous_id: 'anon-1' })]);
  await simulation.pass(3 * SECOND_MS);
  expect(tally(simulation)).toEqual({ events: { delivered: 1, duplicate: 1 } });
});

it('an event of before, of another visitor or of another address does not', async () => {
  const simulation = new Simulation();
  simulation.accept([view('before')]);
  await simulation.pass(5 * SECOND_MS);
  simulation.accept([
    identified('i'),
    view('visitor', { ...both, anonymous_id: 'anon-2' }),
    view('address', { ...both, email: 'bea@shop.test' }),
    view('alone', { email: both.email }),
  ]);
  await simulation.pass(62 * SECOND_MS);
  expect(sent(simulation).filter((event) => event.startsWith('Identified'))).toEqual(['Identified i']);
});

it('of several for the same two ids one is sent', async () => {
  const simulation = new Simulation();
  simulation.accept([identified('a'), identified('b')]);
  await simulation.pass(90 * SECOND_MS);
  expect([sent(simulation), tally(simulation)]).toEqual([['Identified a'], { events: { delivered: 1, duplicate: 1 } }]);
});

it('each has its minute, however long the one before it has waited', async () => {
  const simulation = new Simulation();
  simulation.accept([identified('a')]);
  await simulation.pass(50 * SECOND_MS);
  simulation.accept([identified('b', { email: 'bea@shop.test', anonymous_id: 'anon-2' })]);
  await simulation.pass(20 * SECOND_MS);
  const first = sent(simulation);
  simulation.accept([view('m', { email: 'bea@shop.test', anonymous_id: 'anon-2' })]);
  await simulation.pass(5 * SECOND_MS);
  expect([first, tally(simulation)]).toEqual([['Identified a'], { events: { delivered: 2, duplicate: 1 } }]);
});

it('after a restart, which forgets what waits for what, it is sent all the same', async () => {
  const simulation = new Simulation();
  simulation.accept([identified('a')]);
  await simulation.pass(SECOND_MS);
  simulation.crash();
  simulation.accept([view('m')]);
  await simulation.pass(70 * SECOND_MS);
  expect([sent(simulation).sort(), tally(simulation)]).toEqual([
    ['Identified a', 'Viewed Product m'],
    { events: { delivered: 2 } },
  ]);
});

import { expect, it, vi } from 'vitest';
import type { Item } from '../../src/map/item.ts';
import {
  eraseItem,
  eventItem,
  memberItem,
  profileItem,
  singleItem,
  subscribeItem,
  unsubscribeItem,
} from '../unit/deliver/support/items.ts';
import { Simulation, type SimulationOptions, START_MS } from './support/Simulation.ts';
import { tally } from './support/tally.ts';

const MINUTE_MS = 60_000;
const who = (name: string) => ({ email: `${name}@shop.test` });
const many = <T>(n: number, make: (id: string) => T) => Array.from({ length: n }, (_, index) => make(`m${index}`));
const now = { receivedAtMs: START_MS };

function open(options?: SimulationOptions): Simulation {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  return new Simulation({ share: 0.9, ...options });
}

/** Lets items through one after the other, so that Klaviyo knows the first before the next come. */
async function deliver(simulation: Simulation, ...batches: Item[][]): Promise<void> {
  for (const items of batches) {
    simulation.accept(items);
    await simulation.pass(MINUTE_MS);
  }
}

const calls = ({ klaviyo }: Simulation, ...operations: string[]) =>
  klaviyo
    .requests()
    .filter(({ operation }) => operations.length === 0 || operations.includes(operation ?? ''))
    .map(({ operation, status }) => `${operation} ${status}`);

const consentOf = ({ klaviyo }: Simulation) =>
  Object.fromEntries(klaviyo.state().profiles.map(({ email, consent }) => [email, consent.email.consent]));

const membersOf = ({ klaviyo }: Simulation) => {
  const { lists, profiles } = klaviyo.state();
  const ids = new Set(lists.flatMap(({ members }) => members.map(({ profile }) => profile)));
  return profiles.flatMap(({ id, email }) => (ids.has(id) ? [email] : [])).sort();
};

it('opt-outs go a hundred a call, and withdraw from everything, not from a list', async () => {
  const simulation = open();
  await deliver(
    simulation,
    [subscribeItem('s', { ...now, who: who('ada') })],
    [
      unsubscribeItem('u', { ...now, who: who('ada') }),
      ...many(220, (id) => unsubscribeItem(id, { ...now, who: who(id) })),
    ],
  );
  expect([
    calls(simulation, 'bulk_unsubscribe_profiles'),
    consentOf(simulation)['ada@shop.test'],
    tally(simulation),
  ]).toEqual([
    Array.from({ length: 3 }, () => 'bulk_unsubscribe_profiles 202'),
    'UNSUBSCRIBED',
    { subscribe: { delivered: 1 }, unsubscribe: { delivered: 221 } },
  ]);
});

it.each([
  ['while it drains', { oneWayMs: 40, everyMs: 400 }],
  ['while Klaviyo takes four seconds a call', { oneWayMs: 2000, everyMs: 4500 }],
])(
  'an opt-out that comes to a backlog of 50,000 events is sent within two seconds, %s',
  async (_title, pace) => {
    const simulation = open();
    simulation.network.latencyMs = () => pace.oneWayMs;
    for (let batch = 0; batch < 10; batch++)
      simulation.accept(many(5000, (id) => eventItem(`${batch}-${id}`, { ...now, who: who(id) })));
    const acceptedMs: number[] = [];
    for (let visit = 0; visit < 10; visit++) {
      await simulation.pass(pace.everyMs);
      acceptedMs.push(simulation.time.nowMs);
      simulation.accept([unsubscribeItem(`u${visit}`, { ...now, who: who(`u${visit}`) })]);
    }
    const left = simulation.figures().waiting.events ?? 0;
    await simulation.pass(MINUTE_MS);
    const optOuts = simulation.network.calls.filter(({ path }) => path.includes('bulk-delete'));
    const waits = optOuts.map(({ atMs }, visit) => atMs - pace.oneWayMs - (acceptedMs[visit] ?? 0));
    expect([waits.length, Math.max(...waits) <= 2000, left > 1000]).toEqual([10, true, true]);
  },
  60_000,
);

it('an opt-out does not wait for a call that hangs, also past the time of the alarm', async () => {
  const simulation = open();
  // A call is waited for fifteen seconds; the alarm works for twenty, and then waits for the second of these.
  simulation.network.mishaps = ['hang', 'hang'];
  simulation.accept([eventItem('first', { ...now, urgent: true })]);
  await simulation.pass(14_000);
  simulation.accept([eventItem('second', { ...now, urgent: true })]);
  await simulation.pass(8_000);
  const atMs = simulation.time.nowMs;
  simulation.accept([unsubscribeItem('u', { ...now, who: who('ada') })]);
  await simulation.pass(2000);
  const sent = simulation.network.calls.find(({ path }) => path.includes('bulk-delete'));
  expect(sent && sent.atMs - atMs <= 2000).toBe(true);
});

it('an opt-out goes before an erasure, and that before a sign-up, on the one connection they share', async () => {
  const simulation = open();
  simulation.accept([
    subscribeItem('s', { ...now, decidedAtMs: now.receivedAtMs, who: who('s') }),
    eraseItem('e', { ...now, who: who('e') }),
    unsubscribeItem('u', { ...now, who: who('u') }),
  ]);
  await simulation.pass(MINUTE_MS);
  expect(calls(simulation)).toEqual([
    'bulk_unsubscribe_profiles 202',
    'request_profile_deletion 202',
    'bulk_subscribe_profiles 202',
  ]);
});

it('an opt-out is never too late', async () => {
  const simulation = open();
  simulation.network.mishaps = Array.from({ length: 5000 }, () => '500' as const);
  simulation.accept([unsubscribeItem('u', { ...now, who: who('ada') }), eraseItem('e', { ...now, who: who('e') })]);
  await simulation.pass(100 * 60 * MINUTE_MS);
  simulation.network.mishaps = [];
  await simulation.pass(30 * MINUTE_MS);
  expect([consentOf(simulation), tally(simulation)]).toEqual([
    { 'ada@shop.test': 'UNSUBSCRIBED' },
    { unsubscribe: { delivered: 1 }, erase: { delivered: 1 } },
  ]);
});

it('an opt-out and an erasure need no consent, and so no database to ask it of', async () => {
  const simulation = open();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await simulation.db.prepare('ALTER TABLE consent_state RENAME TO gone').bind().run();
  await deliver(simulation, [
    eventItem('v', now),
    unsubscribeItem('u', { ...now, who: who('ada') }),
    eraseItem('e', { ...now, who: who('e') }),
  ]);
  expect(tally(simulation)).toEqual({
    events: { waiting: 1 },
    unsubscribe: { delivered: 1 },
    erase: { delivered: 1 },
  });
});

it('erasures go one a call within the limits of their own, and take the person with all that is known of them', async () => {
  const simulation = open();
  const people = many(130, (id) => profileItem(id, { ...now, who: who(id) }));
  await deliver(simulation, people);
  const [first] = simulation.klaviyo.state().profiles;
  simulation.accept([
    ...many(129, (id) => eraseItem(id, { ...now, who: who(`m${Number(id.slice(1)) + 1}`) })),
    eraseItem('by-id', { ...now, who: {}, profileId: first?.id ?? '' }),
  ]);
  await simulation.pass(5 * MINUTE_MS);
  expect([
    new Set(calls(simulation, 'request_profile_deletion')),
    calls(simulation, 'request_profile_deletion').length,
    simulation.klaviyo.state().profiles.length,
    tally(simulation),
  ]).toEqual([
    new Set(['request_profile_deletion 202']),
    130,
    0,
    { profiles: { delivered: 130 }, erase: { delivered: 130 } },
  ]);
});

it('a single profile is patched where a plain value cannot say it', async () => {
  const simulation = open();
  const properties = { tags: ['a', 'b'], size: 'S' };
  const patch = { append: { tags: ['c'] }, unappend: { tags: ['a'] }, unset: ['size'] };
  await deliver(
    simulation,
    [profileItem('p', { ...now, who: who('ada'), attributes: { properties } })],
    [singleItem('q', { ...now, who: who('ada'), attributes: {}, patch })],
  );
  expect([simulation.klaviyo.state().profiles.map((profile) => profile.properties), tally(simulation)]).toEqual([
    [{ tags: ['b', 'c'] }],
    { profiles: { delivered: 1 }, profile: { delivered: 1 } },
  ]);
});

it('an imported row whose identifiers belong to several people goes on alone, and reaches whoever has the e-mail', async () => {
  const simulation = open();
  const known = [
    profileItem('a', { ...now, who: who('ada') }),
    profileItem('b', { ...now, who: { phone_number: '+12025550123' } }),
    profileItem('c', { ...now, who: { external_id: 'u-1' } }),
  ];
  const everybody = { ...who('ada'), phone_number: '+12025550123', external_id: 'u-1' };
  await deliver(simulation, known, [
    profileItem('x', { ...now, who: everybody, attributes: { last_name: 'Lovelace' } }),
    profileItem('y', { ...now, who: who('grace') }),
  ]);
  const named = simulation.klaviyo
    .state()
    .profiles.flatMap(({ email, attributes }) => (attributes.last_name ? [email] : []));
  expect([calls(simulation, 'create_or_update_profile'), named, tally(simulation)]).toEqual([
    ['create_or_update_profile 409', 'create_or_update_profile 409', 'create_or_update_profile 200'],
    ['ada@shop.test'],
    { profiles: { delivered: 4 }, profile: { delivered: 1 } },
  ]);
});

it('members are added and removed without any change of consent', async () => {
  const simulation = open();
  const add = (id: string) => memberItem(id, { ...now, who: who(id) });
  const remove = (id: string) => memberItem(`${id}-`, { ...now, who: who(id), action: 'remove' });
  await deliver(simulation, [add('ada'), add('grace')]);
  const before = membersOf(simulation);
  await deliver(simulation, [remove('ada'), remove('nobody')]);
  expect([before, membersOf(simulation), new Set(Object.values(consentOf(simulation))), tally(simulation)]).toEqual([
    ['ada@shop.test', 'grace@shop.test'],
    ['grace@shop.test'],
    new Set(['NEVER_SUBSCRIBED']),
    { members: { delivered: 4 } },
  ]);
});

it('whom Klaviyo does not know is removed without a call that could only fail', async () => {
  const simulation = open();
  await deliver(simulation, [memberItem('r', { ...now, who: who('nobody'), action: 'remove' })]);
  expect([calls(simulation), tally(simulation)]).toEqual([['get_profiles 200'], { members: { delivered: 1 } }]);
});

it('a thousand members are removed in one call, after one look-up for each hundred, whatever the limits', async () => {
  const simulation = open({ share: 0.03 });
  await deliver(
    simulation,
    many(1100, (id) => memberItem(id, { ...now, who: who(id) })),
  );
  await deliver(
    simulation,
    many(1100, (id) => memberItem(`${id}-`, { ...now, who: who(id), action: 'remove' })),
  );
  await simulation.pass(5 * MINUTE_MS);
  expect([
    membersOf(simulation).length,
    calls(simulation, 'get_profiles').length,
    calls(simulation, 'remove_profiles_from_list'),
    tally(simulation),
  ]).toEqual([
    0,
    11,
    ['remove_profiles_from_list 204', 'remove_profiles_from_list 204'],
    { members: { delivered: 2200 } },
  ]);
});

it('who is removed and added again is a member, and who is added and removed is none, though calls fail', async () => {
  const simulation = open();
  const change = (id: string, name: string, action: 'add' | 'remove') =>
    memberItem(id, { ...now, who: who(name), action });
  simulation.network.mishaps = ['500', 'none', 'none', 'lost', '500', 'none', 'lost'];
  await deliver(simulation, [
    change('1', 'ada', 'add'),
    change('2', 'ada', 'remove'),
    change('3', 'grace', 'add'),
    change('4', 'grace', 'remove'),
    change('5', 'grace', 'add'),
  ]);
  await simulation.pass(60 * MINUTE_MS);
  expect([membersOf(simulation), tally(simulation)]).toEqual([['grace@shop.test'], { members: { delivered: 5 } }]);
});

it('a profile that is gone since its id was read does not keep the others on the list; a missing list is told', async () => {
  const simulation = open();
  simulation.klaviyo.faults.replace([{ operation: 'remove_profiles_from_list', status: 404 }]);
  await deliver(
    simulation,
    [memberItem('a', { ...now, who: who('ada') })],
    [memberItem('r', { ...now, who: who('ada'), action: 'remove' })],
    [memberItem('x', { ...now, who: who('ada'), list: 'GONE01', action: 'remove' })],
  );
  const { counts } = simulation.figures();
  const reasons = counts.flatMap(({ outcome, reason }) => (outcome === 'dead' ? [reason] : []));
  expect([membersOf(simulation), tally(simulation), reasons]).toEqual([
    [],
    { members: { delivered: 2, dead: 1 } },
    ['list_not_found'],
  ]);
});

it('members get through while a backlog of events fills every connection', async () => {
  const simulation = open();
  // One connection falls free at a time, and there is always an event for it.
  simulation.network.latencyMs = () => 4000 + simulation.random() * 2000;
  for (let batch = 0; batch < 12; batch++)
    simulation.accept(many(5000, (id) => eventItem(`${batch}-${id}`, { ...now, who: who(id) })));
  simulation.accept([memberItem('a', { ...now, who: who('ada') })]);
  await simulation.pass(MINUTE_MS);
  expect([membersOf(simulation).length, (simulation.figures().waiting.events ?? 0) > 0]).toEqual([1, true]);
}, 60_000);

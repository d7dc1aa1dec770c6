import { describe, expect, test } from 'vitest';
import { DEMO_ACCOUNT, decideSettings, type EmulatorOptions } from '../src/options.ts';
import { forgetOldest } from '../src/state/forgetOldest.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from '../src/state/snapshot.ts';
import type { Account, World } from '../src/state/types.ts';
import { bulkEventsBody, byEmail, eventBody, importBody, PATHS, profileBody, subscribeBody } from './support/bodies.ts';
import { createTestEmulator, START_MS, type TestEmulator } from './support/createTestEmulator.ts';

const BATCHES_PER_ROUND = 12;
const PEOPLE_PER_BATCH = 5;
const EVENTS_PER_PERSON = 4;
const CLOCK = { frozen: true, anchorMs: START_MS };
const KEEP = { events: 60, profiles: 40, jobs: 5 };

/** New people, browsers, metrics, properties, members and jobs: nothing of it comes twice. */
async function sendRound({ send, emulator }: TestEmulator, round: number): Promise<void> {
  for (let batch = 0; batch < BATCHES_PER_ROUND; batch++) {
    const name = `${round}-${String(batch).padStart(3, '0')}`;
    const groups = Array.from({ length: PEOPLE_PER_BATCH }, (_, person) => ({
      profile: { email: `${name}-${person}@example.com`, anonymous_id: `browser ${name}-${person}` },
      events: Array.from({ length: EVENTS_PER_PERSON }, (_, at) => ({
        unique_id: `${name}-${person}-${at}`,
        metric: `Metric ${name}-${at}`,
        properties: { ProductName: `Boots ${name}` },
      })),
    }));
    const subscriber = byEmail(`${name}-0@example.com`, 'SUBSCRIBED');
    await send('POST', PATHS.bulkEvents, bulkEventsBody(groups));
    await send('POST', PATHS.bulkImport, importBody([{ email: `${name}-imported@example.com` }], 'DEMO01'));
    await send('POST', PATHS.subscribe, subscribeBody({ list: 'DEMO01', profiles: [subscriber] }));
    await send('POST', PATHS.profiles, profileBody({ email: `${name}-created@example.com`, external_id: name }));
    emulator.clock.advance(1000);
  }
}

function measure({ emulator }: TestEmulator) {
  const { profiles, events, metrics, jobs, lists } = emulator.state();
  const members = lists.flatMap((list) => list.members).length;
  const counts = {
    profiles: profiles.length,
    events: events.length,
    metrics: metrics.length,
    jobs: jobs.length,
    members,
  };
  return { counts, chars: JSON.stringify(emulator.snapshot()).length };
}

/** The same state in an emulator of its own, whose insides can be looked at. */
function reopen(snapshot: Snapshot, keep: EmulatorOptions['keep'] = {}): { world: World; account: Account } {
  const options = { accounts: [DEMO_ACCOUNT], settings: decideSettings({ keep }), nowMs: START_MS };
  const world = readSnapshot(structuredClone(snapshot), options);
  const [account] = world.accounts.values();
  if (!account) throw new Error('A world without accounts.');
  return { world, account };
}

describe('with caps', () => {
  test('a third round of new people and events leaves no more than the second', async () => {
    const world = createTestEmulator({ keep: KEEP });
    const rounds = [];
    for (const round of [1, 2, 3]) {
      await sendRound(world, round);
      rounds.push(measure(world));
    }
    const [, second, third] = rounds;
    const { profiles = 0, events = 0, jobs = 0, metrics = 0, members = 0 } = third?.counts ?? {};
    expect([
      (third?.chars ?? 0) / (second?.chars ?? 0) < 1.01,
      { profiles, jobs },
      events <= KEEP.events && metrics <= KEEP.events && members <= KEEP.profiles,
    ]).toEqual([true, { profiles: KEEP.profiles, jobs: KEEP.jobs }, true]);
  });

  test('and without them it does', async () => {
    const world = createTestEmulator();
    const rounds = [];
    for (const round of [1, 2]) {
      await sendRound(world, round);
      rounds.push(measure(world).chars);
    }
    expect((rounds[1] ?? 0) / (rounds[0] ?? 0)).toBeGreaterThan(1.9);
  });

  test('what is left in the indexes is what a restart would put there', async () => {
    const full = createTestEmulator();
    await sendRound(full, 1);
    const { world, account } = reopen(full.emulator.snapshot(), { events: 5, profiles: 7, jobs: 2 });
    forgetOldest(world, Number.POSITIVE_INFINITY);
    const { index } = reopen(writeSnapshot(world, CLOCK)).account;
    expect([account.index, account.profiles.size, account.jobs.size]).toEqual([index, 7, 2]);
  });

  test('the newest events stay, and a forgotten unique_id counts as new', async () => {
    const { send, emulator } = createTestEmulator({ keep: { events: 2 } });
    for (const unique_id of ['o1', 'o2', 'o3', 'o3', 'o1']) await send('POST', PATHS.event, eventBody({ unique_id }));
    expect(emulator.state().events.map(({ unique_id }) => unique_id)).toEqual(['o3', 'o1']);
  });

  test('a forgotten profile leaves with its events, memberships and identifiers', async () => {
    const { send, emulator } = createTestEmulator({ keep: { profiles: 2 } });
    await send('POST', PATHS.bulkImport, importBody([{ email: 'first@example.com', external_id: 'c1' }], 'DEMO01'));
    await send('POST', PATHS.event, eventBody({ profile: { email: 'first@example.com' } }));
    await send('POST', PATHS.profiles, profileBody({ email: 'second@example.com' }));
    await send('POST', PATHS.profiles, profileBody({ email: 'third@example.com' }));
    const { status } = await send('POST', PATHS.profiles, profileBody({ email: 'new@example.com', external_id: 'c1' }));
    const { profiles, events, lists } = emulator.state();
    expect([status, profiles.map(({ email }) => email), events, lists.flatMap(({ members }) => members)]).toEqual([
      201,
      ['third@example.com', 'new@example.com'],
      [],
      [],
    ]);
  });

  test('a job is not forgotten before its work is done', async () => {
    const { send, emulator } = createTestEmulator({ keep: { jobs: 1 }, jobStepMs: 1000 });
    for (const email of ['a@example.com', 'b@example.com', 'c@example.com'])
      await send('POST', PATHS.bulkImport, importBody([{ email }]));
    const before = emulator.state().jobs.length;
    emulator.clock.advance(2000);
    const { jobs, profiles } = emulator.state();
    expect([before, jobs.length, profiles.length]).toEqual([3, 1, 3]);
  });

  test('the browsers of one person are bounded, the newest stay known', async () => {
    const { send, emulator } = createTestEmulator({ keep: { profiles: 1 } });
    for (let browser = 1; browser <= 15; browser++) {
      const profile = { email: 'ada@example.com', anonymous_id: `browser ${browser}` };
      await send('POST', PATHS.event, eventBody({ profile, unique_id: String(browser) }));
    }
    const [ada] = emulator.state().profiles;
    expect([ada?.anonymous_ids.length, ada?.anonymous_ids.at(0), ada?.anonymous_ids.at(-1)]).toEqual([
      10,
      'browser 6',
      'browser 15',
    ]);
  });

  test('no webhook is owed a forgotten event', async () => {
    const { send, emulator } = createTestEmulator();
    for (const unique_id of ['o1', 'o2']) await send('POST', PATHS.event, eventBody({ unique_id }));
    const { world, account } = reopen(emulator.snapshot(), { events: 1 });
    for (const eventId of account.events.keys())
      account.deliveries.push({ webhookId: 'W1', topic: 'event:klaviyo.sent_sms', eventId, createdMs: START_MS });
    forgetOldest(world, START_MS);
    expect(account.deliveries.map(({ eventId }) => eventId)).toEqual([...account.events.keys()]);
  });
});

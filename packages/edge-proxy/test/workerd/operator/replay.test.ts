import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { decide } from '../support/decide.ts';
import { eventItem, many, profileItem, subscribeItem } from '../support/items.ts';
import { listDead, refusal, replay } from '../support/operator.ts';
import { calls, eventsByProfile } from '../support/seen.ts';
import { dispatcher, openWorld, START_MS, type World } from '../support/world.ts';

const EVENTS = 'bulk_create_events';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const order = (id: string, change = {}) =>
  eventItem(id, {
    id: `${id}#Placed Order`,
    metric: 'Placed Order',
    kind: 'Placed Order',
    uniqueId: '1001',
    ...change,
  });

/** Klaviyo says no to a whole call, as it does to one that names something that is not there. */
async function die(world: World, items: Parameters<World['accept']>[0], operation = EVENTS): Promise<void> {
  world.klaviyo.faults.replace([{ operation, status: 404, count: -1 }]);
  await world.accept(items);
  await world.pass(MINUTE_MS);
  world.klaviyo.faults.replace([]);
}

async function auditRows(): Promise<unknown[][]> {
  const query = 'SELECT at, operator, account, action, detail, outcome FROM operator_audit ORDER BY id';
  return (await env.DB.prepare(query).all()).results.map(Object.values);
}

const dead = async () => (await listDead()).deadLetters.map(({ id }) => id);

describe('a replay', () => {
  it('of one sends it under the same ids, and it is dead no longer', async () => {
    const world = openWorld();
    await die(world, [eventItem('m1'), eventItem('m2')]);
    const before = await world.tally();
    const moved = await replay({ ids: ['m1#Ping', 'nobody#Ping'] });
    const waiting = await world.tally();
    await world.pass(MINUTE_MS);
    expect([before, moved, waiting, await world.tally(), await dead(), eventsByProfile(world)]).toEqual([
      { accepted: 2, waiting: 0, delivered: 0, refused: 0, dead: 2, duplicate: 0 },
      [1, false],
      { accepted: 2, waiting: 1, delivered: 0, refused: 0, dead: 1, duplicate: 0 },
      { accepted: 2, waiting: 0, delivered: 1, refused: 0, dead: 1, duplicate: 0 },
      ['m2#Ping'],
      { 'm1@example.com': ['Ping m1'] },
    ]);
  });

  it('by filter sends what passes it alone', async () => {
    const world = openWorld();
    await die(world, [eventItem('m1'), eventItem('m2', { id: 'm2#Pong', metric: 'Pong' })]);
    const moved = await replay({ filter: { metric: 'Pong', reason: 'klaviyo_rejected' } });
    await world.pass(MINUTE_MS);
    expect([moved, await dead(), eventsByProfile(world)]).toEqual([
      [1, false],
      ['m1#Ping'],
      { 'm2@example.com': ['Pong m2'] },
    ]);
  });

  it('of all sends more than fit one transaction, in full calls', async () => {
    const world = openWorld();
    await die(world, many(2300, eventItem));
    const before = calls(world, EVENTS).length;
    const moved = await replay({ all: true });
    await world.pass(MINUTE_MS);
    expect([moved, calls(world, EVENTS).length - before, await world.tally()]).toMatchObject([
      [2300, false],
      3,
      { accepted: 2300, waiting: 0, delivered: 2300, dead: 0 },
    ]);
  });

  it.each([
    ['nothing', {}],
    ['two things', { ids: ['m1#Ping'], all: true }],
    ['no ids', { ids: [] }],
    ['an unknown filter', { filter: { reasons: 'expired' } }],
  ])('of %s is refused', async (_title, body) => {
    openWorld();
    expect(await refusal('replay', body)).toEqual([400, 'body_malformed']);
  });

  it('asks consent anew', async () => {
    const world = openWorld();
    await die(world, [eventItem('m1'), eventItem('m2')]);
    await decide({ email: 'm1@example.com' }, 'denied');
    await replay({ all: true });
    await world.pass(MINUTE_MS);
    expect([eventsByProfile(world), await world.tally()]).toEqual([
      { 'm2@example.com': ['Ping m2'] },
      { accepted: 2, waiting: 0, delivered: 1, refused: 1, dead: 0, duplicate: 0 },
    ]);
  });

  it('never lifts an opt-out that came after the sign-up', async () => {
    const world = openWorld();
    await die(world, [subscribeItem('s1')], 'bulk_subscribe_profiles');
    await decide({ email: 's1@example.com' }, 'denied', { purpose: 'email', decidedAtMs: START_MS + 1 });
    await replay({ all: true });
    await world.pass(MINUTE_MS);
    expect([calls(world, 'bulk_subscribe_profiles').length, await world.tally()]).toMatchObject([
      1,
      { refused: 1, dead: 0 },
    ]);
  });

  it('of an order that another report has brought meanwhile is a duplicate', async () => {
    const world = openWorld();
    await die(world, [order('page')]);
    await world.accept([order('backend', { who: { email: 'buyer@example.com' } })]);
    await world.pass(MINUTE_MS);
    await replay({ all: true });
    await world.pass(MINUTE_MS);
    expect([eventsByProfile(world), await world.tally()]).toEqual([
      { 'buyer@example.com': ['Placed Order 1001'] },
      { accepted: 2, waiting: 0, delivered: 1, refused: 0, dead: 0, duplicate: 1 },
    ]);
  });

  it('of an order keeps a later report of it from counting again', async () => {
    const world = openWorld();
    await die(world, [order('page')]);
    await replay({ all: true });
    await world.pass(MINUTE_MS);
    await world.accept([order('backend', { who: { email: 'buyer@example.com' } })]);
    await world.pass(MINUTE_MS);
    expect(eventsByProfile(world)).toEqual({ 'page@example.com': ['Placed Order 1001'] });
  });

  it('of what had waited too long does not let it die at once again: its age counts anew, and it goes with backfill', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    const takenInMs = START_MS - 71 * HOUR_MS;
    await world.accept([eventItem('old', { receivedAtMs: takenInMs, timeMs: takenInMs })]);
    await world.pass(2 * HOUR_MS);
    await replay({ all: true });
    await world.pass(2 * HOUR_MS);
    const during = await world.tally();
    world.klaviyo.faults.replace([]);
    await world.pass(HOUR_MS);
    const sent = world.klaviyo.state().events.map((event) => [event.unique_id, event.backfill, Date.parse(event.time)]);
    expect([during, sent]).toMatchObject([{ waiting: 1, dead: 0 }, [['old', true, takenInMs]]]);
  });

  it('of what dies again leaves one dead letter, with all its tries', async () => {
    const world = openWorld();
    const bad = eventItem('bad', { who: { email: 'not an address' } });
    await world.accept([bad]);
    await world.pass(MINUTE_MS);
    for (let round = 0; round < 2; round++) {
      await replay({ all: true });
      await world.pass(MINUTE_MS);
    }
    const { deadLetters } = await listDead();
    expect([deadLetters.map(({ id, attempts }) => [id, attempts]), await world.tally()]).toMatchObject([
      [['bad#Ping', 3]],
      { accepted: 1, dead: 1 },
    ]);
  });

  it('is written down: who, what and how many, though not which ids', async () => {
    const world = openWorld();
    const before = (await auditRows()).length;
    await die(world, many(3, eventItem));
    await replay({ ids: ['m1#Ping'] });
    await replay({ filter: { reason: 'klaviyo_rejected' } });
    expect((await auditRows()).slice(before)).toEqual([
      [START_MS + MINUTE_MS, 'alice', 'main', 'replay', '{"ids":1}', '{"replayed":1,"more":false}'],
      [
        START_MS + MINUTE_MS,
        'alice',
        'main',
        'replay',
        '{"filter":{"reason":"klaviyo_rejected"}}',
        '{"replayed":2,"more":false}',
      ],
    ]);
  });

  it('of two people under one id, who died in the same moment, sends both', async () => {
    const world = openWorld();
    await die(world, [eventItem('m1'), eventItem('m1', { who: { email: 'other@example.com' } })]);
    const before = await world.tally();
    await replay({ ids: ['m1#Ping'] });
    await world.pass(MINUTE_MS);
    expect([before.dead, eventsByProfile(world), await world.tally()]).toMatchObject([
      2,
      { 'm1@example.com': ['Ping m1'], 'other@example.com': ['Ping m1'] },
      { accepted: 2, delivered: 2, dead: 0, duplicate: 0 },
    ]);
  });

  it('of what came twice sends it once', async () => {
    const world = openWorld();
    await die(world, [eventItem('m1'), profileItem('p1')]);
    await die(world, [eventItem('m1')]);
    await replay({ ids: ['m1#Ping'] });
    await world.pass(MINUTE_MS);
    expect([eventsByProfile(world)['m1@example.com'], await world.tally()]).toMatchObject([
      ['Ping m1'],
      { dead: 0, duplicate: 1 },
    ]);
  });
});

describe('retention', () => {
  const rows = () =>
    runInDurableObject(dispatcher(), (_instance, { storage }) =>
      storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM dead_letters').one(),
    );

  it('removes dead letters after thirty days; they stay counted, and the sums hold', async () => {
    const world = openWorld();
    await die(world, [eventItem('old'), eventItem('older')]);
    await world.pass(29 * DAY_MS);
    await die(world, [eventItem('young', { receivedAtMs: START_MS + 29 * DAY_MS })]);
    await dispatcher().wake('main');
    const kept = await dead();
    await world.pass(DAY_MS);
    await dispatcher().wake('main');
    const { counts } = await dispatcher().figures();
    expect([kept, await dead(), counts.filter(({ outcome }) => outcome === 'dead'), await world.tally()]).toEqual([
      ['old#Ping', 'older#Ping', 'young#Ping'],
      ['young#Ping'],
      [
        { lane: 'events', outcome: 'dead', reason: 'klaviyo_rejected', n: 1 },
        { lane: 'events', outcome: 'dead', reason: 'retention_passed', n: 2 },
      ],
      { accepted: 3, waiting: 0, delivered: 0, refused: 0, dead: 3, duplicate: 0 },
    ]);
  });

  it('removes a bounded number at a time', async () => {
    const world = openWorld();
    for (let batch = 0; batch < 6; batch++) await die(world, many(1000, eventItem, `b${batch}-`));
    await world.pass(31 * DAY_MS);
    await dispatcher().wake('main');
    const after = await rows();
    await dispatcher().wake('main');
    expect([after, await rows(), (await world.tally()).dead]).toEqual([{ n: 1000 }, { n: 0 }, 6000]);
  });
});

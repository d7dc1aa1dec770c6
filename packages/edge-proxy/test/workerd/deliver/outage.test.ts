import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { eventItem, many, profileItem } from '../support/items.ts';
import { calls, callTimes, eventsByProfile } from '../support/seen.ts';
import { dispatcher, openWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVENTS = 'bulk_create_events';
const delivered = (n: number) => ({ accepted: n, waiting: 0, delivered: n, refused: 0, dead: 0, duplicate: 0 });

describe("Klaviyo's limits are kept", () => {
  it('a 429 closes the operation until Retry-After, whatever comes in meanwhile', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: EVENTS, status: 429, retryAfterSeconds: 30 }]);
    await world.accept([eventItem('a', { urgent: true })]);
    await world.pass(1000);
    await world.accept([eventItem('b', { urgent: true })]);
    const alarms = await world.pass(28_000);
    const during = calls(world);
    await world.pass(5000);
    expect([during, alarms <= 2, callTimes(world), await world.tally()]).toEqual([
      [`${EVENTS} 429`],
      true,
      [0, 30_000, 30_000],
      delivered(2),
    ]);
  });

  it('a 429 stands although a call sent before it succeeds after it', async () => {
    const world = openWorld();
    // Two calls on their way: the first is answered last, and well.
    const first = Promise.withResolvers<void>();
    let sent = 0;
    world.intercept(async (request) => {
      sent += 1;
      if (sent === 2) {
        setTimeout(first.resolve, 10);
        return new Response('{}', { status: 429, headers: { 'retry-after': '60' } });
      }
      if (sent === 1) await first.promise;
      return world.klaviyo.fetch(request);
    });
    await world.accept(many(2000, eventItem));
    await world.pass(59_000);
    const during = sent;
    await world.pass(5000);
    expect([during, sent, (await world.tally()).delivered]).toEqual([2, 3, 2000]);
  });

  it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT', '', '99999999999999'])(
    'a 429 with Retry-After %j is neither spun on nor the end',
    async (header) => {
      const world = openWorld();
      world.intercept(async () => new Response('{}', { status: 429, headers: { 'retry-after': header } }));
      await world.accept([eventItem('a')]);
      await world.pass(10 * MINUTE_MS);
      const sent = vi.mocked(globalThis.fetch).mock.calls.length;
      const next = await world.nextAlarm();
      expect([sent >= 1 && sent <= 600, next !== undefined && next <= HOUR_MS]).toEqual([true, true]);
    },
  );

  it('a backlog is drained inside both windows of Klaviyo, without one 429', async () => {
    const world = openWorld();
    await world.accept(many(200, (id) => eventItem(id, { properties: { x: 'x'.repeat(29_000) } })));
    for (let batch = 0; batch < 40; batch++)
      await world.accept(many(160, (id) => eventItem(id, { properties: { x: 'x'.repeat(9000) } }), `b${batch}-`));
    await world.pass(10 * MINUTE_MS);
    const statuses = new Set(calls(world, EVENTS));
    expect([[...statuses], (await world.tally()).waiting]).toEqual([[`${EVENTS} 202`], 0]);
  });

  it('at most four calls of events are on their way at once', async () => {
    const world = openWorld({ limits: { enabled: false } });
    let [onTheWay, most] = [0, 0];
    world.intercept(async (request) => {
      onTheWay += 1;
      most = Math.max(most, onTheWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      onTheWay -= 1;
      return world.klaviyo.fetch(request);
    });
    await world.accept(many(9000, eventItem));
    await world.pass(MINUTE_MS);
    expect([most, await world.tally()]).toEqual([4, delivered(9000)]);
  });
});

describe('an outage', () => {
  it('of the key stops the account, kills nothing, is probed once a minute, and ends with the key', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: -1 }]);
    await world.accept([...many(3500, eventItem), ...many(10, profileItem, 'p')]);
    const alarms = await world.pass(HOUR_MS);
    const probes = calls(world).length;
    const during = { tally: await world.tally(), reason: (await dispatcher().figures()).stops.account?.reason };
    world.klaviyo.faults.replace([]);
    await world.pass(5 * MINUTE_MS);
    expect([alarms <= 130, probes <= 70, during, await world.tally(), (await dispatcher().figures()).stops]).toEqual([
      true,
      true,
      { tally: { ...delivered(3510), delivered: 0, waiting: 3510 }, reason: 'klaviyo_key_invalid' },
      delivered(3510),
      {},
    ]);
  });

  it('of a key that an import finds well again is over for the events at once', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 401, count: 1 }]);
    await world.accept([...many(2, profileItem, 'p'), ...many(2, eventItem)]);
    await world.pass(3000);
    const stopped = (await dispatcher().figures()).stops.account?.reason;
    await world.pass(63_000);
    const { stops } = await dispatcher().figures();
    const events = Object.values(eventsByProfile(world)).flat().length;
    await world.pass(10_000);
    expect([stopped, stops, events, await world.tally()]).toEqual(['klaviyo_key_invalid', {}, 2, delivered(4)]);
  });

  it.each([
    ['a missing scope', { status: 403 }, 'klaviyo_scope_missing'],
    ['a retired revision', { status: 410 }, 'revision_retired'],
  ])('of %s stops the operation alone, kills nothing, and ends by itself', async (_title, fault, reason) => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'bulk_import_profiles', ...fault, count: 10 }]);
    await world.accept([...many(2, profileItem, 'p'), ...many(2, eventItem)]);
    await world.pass(5 * MINUTE_MS);
    const { stops } = await dispatcher().figures();
    const during = await world.tally();
    await world.pass(20 * MINUTE_MS);
    expect([
      stops.bulk_import_profiles?.reason,
      during,
      await world.tally(),
      (await dispatcher().figures()).stops,
    ]).toEqual([reason, { ...delivered(4), delivered: 2, waiting: 2 }, delivered(4), {}]);
  });

  it('of a scope for polling ends without leaving polls at one a minute', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'get_bulk_import_profiles_job', status: 403, count: 2 }]);
    await world.accept(many(2, profileItem, 'p'));
    await world.pass(5 * MINUTE_MS);
    expect([await world.tally(), (await dispatcher().figures()).stops]).toEqual([delivered(2), {}]);
  });

  it.each([
    ['a challenge of the CDN', { status: 403, html: true }],
    ['a 500', { status: 500 }],
    ['a 503 in HTML', { status: 503, html: true }],
    ['a broken connection', { close: true }],
    ['a redirect', { status: 302, html: true }],
  ])('by %s is retried, ever more rarely, and nothing is lost', async (_title, fault) => {
    const world = openWorld();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    world.klaviyo.faults.replace([{ operation: EVENTS, ...fault, count: 6 }]);
    await world.accept(many(3, eventItem));
    await world.pass(HOUR_MS);
    expect([callTimes(world), eventsByProfile(world), await world.tally()]).toEqual([
      [0, 2000, 6000, 14_000, 30_000, 62_000, 126_000],
      { 'm0@example.com': ['Ping m0'], 'm1@example.com': ['Ping m1'], 'm2@example.com': ['Ping m2'] },
      delivered(3),
    ]);
  });

  it('of three hours costs few alarms and few calls, however much waits', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    await world.accept(many(6000, eventItem));
    const alarms = await world.pass(3 * HOUR_MS);
    const sent = vi.mocked(globalThis.fetch).mock.calls.length;
    world.klaviyo.faults.replace([]);
    await world.pass(20 * MINUTE_MS);
    // Four jobs, each tried about every seven and a half minutes.
    expect([alarms < 300, sent < 300, await world.tally()]).toEqual([true, true, delivered(6000)]);
  });

  it('of one lane does not hold up another', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'bulk_import_profiles', status: 503, count: -1 }]);
    await world.accept([...many(5, profileItem, 'p'), ...many(5, eventItem)]);
    await world.pass(MINUTE_MS);
    expect(await world.tally()).toEqual({ ...delivered(10), delivered: 5, waiting: 5 });
  });

  it('of the database holds up what must be asked of it, not what is frozen already', async () => {
    const world = openWorld();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    world.klaviyo.faults.replace([{ operation: EVENTS, status: 503, count: 2 }]);
    await world.accept([eventItem('frozen', { urgent: true })]);
    await world.pass(0);
    const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1 is away');
    });
    await world.accept([eventItem('later')]);
    const alarms = await world.pass(10 * MINUTE_MS);
    const during = await world.tally();
    prepare.mockRestore();
    await world.pass(10_000);
    expect([during, alarms < 200, await world.tally()]).toEqual([
      { ...delivered(2), delivered: 1, waiting: 1 },
      true,
      delivered(2),
    ]);
  });

  it('of the configuration (the account is gone from it) holds everything up and loses nothing', async () => {
    const world = openWorld();
    await dispatcher().accept('gone', many(3, eventItem));
    const alarms = await world.pass(10 * MINUTE_MS);
    const during = await world.tally();
    await world.accept([eventItem('a')]);
    await world.pass(10_000);
    expect([alarms < 200, during.waiting, await world.tally()]).toEqual([true, 3, delivered(4)]);
  });

  it('leaves no alarm behind when nothing waits', async () => {
    const world = openWorld();
    await world.accept(many(3, eventItem));
    await world.pass(HOUR_MS);
    await dispatcher().wake('main');
    expect([await world.nextAlarm(), await world.pass(24 * HOUR_MS)]).toEqual([undefined, 0]);
  });
});

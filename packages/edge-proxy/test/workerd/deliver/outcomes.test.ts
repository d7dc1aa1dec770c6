import { describe, expect, it } from 'vitest';
import { eventItem, many, profileItem } from '../support/items.ts';
import { identify, no, order, track } from '../support/messages.ts';
import { sendBatch, sendServerBatch } from '../support/post.ts';
import { eventsByProfile } from '../support/seen.ts';
import { openWorld, START_MS } from '../support/world.ts';

const HOUR_MS = 3_600_000;

describe('Everything has exactly one outcome', () => {
  it('at the door, received = rejected + accepted', async () => {
    openWorld();
    const batch = [
      track('m1'),
      track('m2', { context: no }),
      null,
      track('m3', { event: '' }),
      identify('m4', { email: 'a@example.com' }),
    ];
    const { json } = await sendBatch(batch);
    expect(json.accepted + json.rejected.length).toBe(batch.length);
  });

  it('from collect on, accepted = waiting + delivered + refused + dead + duplicate, after every step', async () => {
    // `collect` and `pass` check the sum themselves; here is a bit of everything.
    const world = openWorld({ assume: { bulkDuplicates: 'reject' } });
    const bad = eventItem('bad', { who: { email: 'not an address' } });
    await world.accept([
      ...many(5, eventItem),
      eventItem('m1'),
      eventItem('nobody', { who: {} }),
      bad,
      ...many(3, profileItem, 'p'),
    ]);
    const steps = [await world.tally()];
    world.klaviyo.faults.replace([
      { status: 503, count: 2 },
      { operation: 'bulk_create_events', status: 413 },
    ]);
    for (let step = 0; step < 6; step++) {
      await world.pass(step * 1500);
      steps.push(await world.tally());
    }
    await sendServerBatch([order('o1', '1001'), order('o2', '1001')]);
    await world.collect();
    await world.pass(HOUR_MS);
    steps.push(await world.tally());
    const unbalanced = steps.filter(
      ({ accepted, waiting, delivered, refused, dead, duplicate }) =>
        accepted !== waiting + delivered + refused + dead + duplicate,
    );
    expect([unbalanced, steps.at(-1)]).toEqual([
      [],
      { accepted: 15, waiting: 0, delivered: 10, refused: 1, dead: 1, duplicate: 3 },
    ]);
  });

  it('a bad item dies alone, with what Klaviyo said of it, and its neighbours are delivered', async () => {
    const world = openWorld();
    await world.accept([eventItem('a'), eventItem('bad', { who: { email: 'not an address' } }), eventItem('c')]);
    await world.pass(10_000);
    expect([Object.keys(eventsByProfile(world)), await world.deadLetters()]).toEqual([
      ['a@example.com', 'c@example.com'],
      [
        {
          id: 'bad#Ping',
          reason: 'klaviyo_rejected',
          attempts: 1,
          error: expect.objectContaining({
            code: 'invalid',
            pointer: expect.stringContaining('/events-bulk-create/data/1/'),
          }),
        },
      ],
    ]);
  });

  it.each([3, 100])('and so it does among %d items when Klaviyo does not say which it is', async (n) => {
    const world = openWorld();
    const fetch = world.klaviyo.fetch;
    // Klaviyo's answer without its pointers.
    world.intercept(async (request) => {
      const answer = await fetch(request);
      if (answer.status !== 400) return answer;
      return Response.json(
        { errors: [{ id: '1', status: 400, code: 'invalid', title: 'Invalid input.', detail: '' }] },
        { status: 400 },
      );
    });
    const items = many(n, eventItem);
    await world.accept([
      ...items.slice(0, 2),
      eventItem('bad', { who: { email: 'not an address' } }),
      ...items.slice(2),
    ]);
    await world.pass(60_000);
    expect([Object.keys(eventsByProfile(world)).length, (await world.deadLetters()).map(({ id }) => id)]).toEqual([
      n,
      ['bad#Ping'],
    ]);
  });

  it('a bad phone beside a good e-mail costs the phone alone', async () => {
    const world = openWorld();
    world.intercept(async (request) => {
      const text = await request.clone().text();
      if (!text.includes('+12025550199')) return world.klaviyo.fetch(request);
      const pointer = '/data/attributes/events-bulk-create/data/1/attributes/profile/data/attributes/phone_number';
      return Response.json(
        { errors: [{ id: '1', status: 400, code: 'invalid', title: 'Invalid', detail: '', source: { pointer } }] },
        { status: 400 },
      );
    });
    await world.accept([
      eventItem('a'),
      eventItem('b', { who: { email: 'b@example.com', phone_number: '+12025550199' } }),
    ]);
    await world.pass(10_000);
    expect([eventsByProfile(world), await world.tally()]).toMatchObject([
      { 'a@example.com': ['Ping a'], 'b@example.com': ['Ping b'] },
      { delivered: 2, dead: 0 },
    ]);
  });

  it('an expired _kx beside an anonymous id costs the _kx alone', async () => {
    const world = openWorld();
    world.intercept(async (request) => {
      const text = await request.clone().text();
      if (!text.includes('"_kx"')) return world.klaviyo.fetch(request);
      const pointer = '/data/attributes/events-bulk-create/data/0/attributes/profile/data/attributes/_kx';
      return Response.json(
        { errors: [{ id: '1', status: 400, code: 'invalid', title: 'Invalid', detail: '', source: { pointer } }] },
        { status: 400 },
      );
    });
    await world.accept([eventItem('a', { who: { anonymous_id: 'anon-1', _kx: 'old' } })]);
    await world.pass(10_000);
    expect([eventsByProfile(world), (await world.tally()).delivered]).toEqual([{ 'anon-1': ['Ping a'] }, 1]);
  });

  it('what waited longer than maxAgeHours is dead as expired; what is younger goes on', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    const later = START_MS + 71 * HOUR_MS;
    await world.accept([eventItem('old')]);
    // Taken in while the old one waited, and frozen into the same job as it.
    await world.accept([eventItem('young', { receivedAtMs: later, timeMs: later })]);
    await world.pass(73 * HOUR_MS);
    const during = await world.tally();
    world.klaviyo.faults.replace([]);
    await world.pass(HOUR_MS);
    expect([during, (await world.deadLetters()).map(({ id, reason }) => [id, reason]), eventsByProfile(world)]).toEqual(
      [
        { accepted: 2, waiting: 1, delivered: 0, refused: 0, dead: 1, duplicate: 0 },
        [['old#Ping', 'expired']],
        { 'young@example.com': ['Ping young'] },
      ],
    );
  });

  it('what an outage held back goes with backfill, so that nobody is mailed of yesterday', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ status: 503, count: -1 }]);
    await world.accept([eventItem('viewed', { kind: 'Viewed Product', metric: 'Viewed Product' }), eventItem('other')]);
    await world.pass(3 * HOUR_MS);
    world.klaviyo.faults.replace([]);
    await world.pass(HOUR_MS);
    const sent = world.klaviyo
      .state()
      .events.map(({ unique_id, backfill, time }) => [unique_id, backfill, Date.parse(time)]);
    expect(sent).toEqual([
      ['viewed', true, START_MS],
      ['other', false, START_MS],
    ]);
  });

  it('items that grow by their subjects past what a row may hold are delivered all the same', async () => {
    const world = openWorld({ limits: { enabled: false } });
    const who = (id: string) => ({
      email: `${id}@example.com`,
      phone_number: `+1202555${id.slice(1).padStart(4, '0')}`,
      external_id: id,
    });
    await world.accept(many(9000, (id) => profileItem(id, { who: who(id), attributes: {} }), 'p'));
    await world.accept(many(990, (id) => eventItem(id, { who: who(id), properties: { x: 'x'.repeat(1100) } })));
    await world.pass(120_000);
    expect(await world.tally()).toEqual({
      accepted: 9990,
      waiting: 0,
      delivered: 9990,
      refused: 0,
      dead: 0,
      duplicate: 0,
    });
  });
});

import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { eventItem } from '../support/items.ts';
import { identify, order, track } from '../support/messages.ts';
import { sendBatch, sendServerBatch } from '../support/post.ts';
import { calls, eventsByProfile } from '../support/seen.ts';
import { dispatcher, openWorld, START_MS } from '../support/world.ts';

const rest = { waiting: 0, refused: 0, dead: 0 };

describe('Nothing counts twice', () => {
  it('events arrive once, those before an identify under the anonymous visitor, and join the person then', async () => {
    const world = openWorld();
    await sendBatch([track('m1')]);
    await world.collect();
    await world.pass(10_000);
    const before = eventsByProfile(world);
    await sendBatch([identify('m2', { email: 'Ada@Example.com' }), track('m3')]);
    await sendBatch([track('m4', { anonymousId: 'anon-2' })]);
    await world.collect();
    await world.pass(10_000);
    expect([before, eventsByProfile(world), await world.tally()]).toEqual([
      { 'anon-1': ['Viewed Product m1'] },
      { 'ada@example.com': ['Viewed Product m1', 'Viewed Product m3'], 'anon-2': ['Viewed Product m4'] },
      { ...rest, accepted: 4, delivered: 4, duplicate: 0 },
    ]);
  });

  it.each([
    ['at once', 0],
    ['after the first was delivered', 10_000],
  ])('a batch that the queue delivers twice, %s, counts once', async (_title, betweenMs) => {
    const world = openWorld();
    await sendBatch([track('m1'), identify('m2', { email: 'ada@example.com' }), order('m3', '1001')]);
    const batch = [...world.queue];
    await world.collect(batch);
    await world.pass(betweenMs);
    await world.collect(batch);
    await world.pass(20_000);
    const { accepted, waiting, dead } = await world.tally();
    expect([eventsByProfile(world), { accepted, waiting, dead }]).toEqual([
      { 'ada@example.com': ['Ordered Product 1001:A', 'Placed Order 1001', 'Viewed Product m1'] },
      { accepted: 10 - 2, waiting: 0, dead: 0 },
    ]);
  });

  it('an event that comes again after its visitor became known counts once', async () => {
    const world = openWorld();
    await sendBatch([track('m1')]);
    const [first] = world.queue;
    await world.collect();
    await world.pass(10_000);
    await sendBatch([identify('m2', { email: 'ada@example.com' })]);
    await world.collect();
    await world.pass(10_000);
    if (first) await world.collect([first]);
    await world.pass(10_000);
    expect(eventsByProfile(world)).toEqual({ 'ada@example.com': ['Viewed Product m1'] });
  });

  it('an order reported by page and back end under two profiles is one order', async () => {
    const world = openWorld();
    const properties = { order_id: '1001', total: 20, products: [{ sku: 'A', price: 10, quantity: 2 }] };
    await sendBatch([order('page-1', '1001', { properties: { ...properties, email: 'ada@example.com' } })]);
    await world.collect();
    await world.pass(10_000);
    await sendServerBatch([
      order('server-1', '1001', {
        anonymousId: null,
        userId: 'u-1',
        properties: { ...properties, email: 'ada@work.example.com' },
      }),
    ]);
    await world.collect();
    await world.pass(10_000);
    expect([eventsByProfile(world), await world.tally()]).toEqual([
      { 'ada@example.com': ['Ordered Product 1001:A', 'Placed Order 1001'] },
      { ...rest, accepted: 4, delivered: 2, duplicate: 2 },
    ]);
  });

  it('and so it is when both reports travel in one call', async () => {
    const world = openWorld();
    await sendBatch([order('page-1', '1001')]);
    await sendServerBatch([order('server-1', '1001', { anonymousId: null, userId: 'u-1' })]);
    await world.collect();
    await world.pass(10_000);
    const placed = world.klaviyo.state().events.filter(({ metric }) => metric === 'Placed Order');
    expect([placed.length, await world.tally()]).toEqual([1, { ...rest, accepted: 4, delivered: 2, duplicate: 2 }]);
  });

  it('another order, or another metric of the same one, is not a repeat', async () => {
    const world = openWorld();
    await sendServerBatch([
      order('m1', '1001'),
      order('m2', '1002'),
      order('m3', '1001', { event: 'Order Refunded' }),
      order('m4', '1001', { event: 'Order Fulfilled' }),
    ]);
    await world.collect();
    await world.pass(10_000);
    const metrics = world.klaviyo.state().events.map(({ metric, unique_id }) => `${metric} ${unique_id}`);
    expect(metrics.filter((name) => !name.startsWith('Ordered')).sort()).toEqual([
      'Fulfilled Order 1001',
      'Placed Order 1001',
      'Placed Order 1002',
      'Refunded Order 1001',
    ]);
  });

  it('an order that died does not stand in the way of another report of it', async () => {
    const world = openWorld();
    const placed = { kind: 'Placed Order', metric: 'Placed Order', uniqueId: '1001' } as const;
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', status: 400 }]);
    await world.accept([eventItem('page', placed)]);
    await world.pass(10_000);
    const died = await world.tally();
    await world.accept([eventItem('server', placed)]);
    await world.pass(10_000);
    expect([died.dead, eventsByProfile(world), await world.tally()]).toEqual([
      1,
      { 'server@example.com': ['Placed Order 1001'] },
      { accepted: 2, waiting: 0, delivered: 1, refused: 0, dead: 1, duplicate: 0 },
    ]);
  });

  it('an answer that is lost after the effect is asked for again under the same ids', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', after: true, close: true, count: 3 }]);
    await world.accept([eventItem('a'), eventItem('b')]);
    await world.pass(3_600_000);
    const bodies = world.klaviyo.requests().map(({ requestBody }) => JSON.stringify(requestBody));
    expect([bodies.length, new Set(bodies).size, eventsByProfile(world), await world.tally()]).toEqual([
      4,
      1,
      { 'a@example.com': ['Ping a'], 'b@example.com': ['Ping b'] },
      { ...rest, accepted: 2, delivered: 2, duplicate: 0 },
    ]);
  });

  it('a unique_id that Klaviyo has already is settled as a duplicate, and the rest goes again at once', async () => {
    const world = openWorld();
    const pointer = '/data/attributes/events-bulk-create/data/1/attributes/events/data/0/attributes/unique_id';
    const body = {
      errors: [
        { id: '1', status: 400, code: 'invalid', title: 'Invalid input.', detail: 'Duplicate.', source: { pointer } },
      ],
    };
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', status: 400, body }]);
    await world.accept([eventItem('a'), eventItem('b'), eventItem('c')]);
    await world.pass(2_000);
    expect([Object.keys(eventsByProfile(world)), await world.tally()]).toEqual([
      ['a@example.com', 'c@example.com'],
      { ...rest, accepted: 3, delivered: 2, duplicate: 1 },
    ]);
  });

  it('an order is remembered for ninety days, and forgotten after twice as long at the latest', async () => {
    const world = openWorld();
    const placed = { kind: 'Placed Order', metric: 'Placed Order', uniqueId: '1001' } as const;
    const day = 24 * 3_600_000;
    const report = async (id: string) => {
      const receivedAtMs = Date.now();
      await world.accept([eventItem(id, { ...placed, receivedAtMs, timeMs: receivedAtMs })]);
      await world.pass(10_000);
      await dispatcher().wake('main');
      return (await world.tally()).duplicate;
    };
    const duplicates = [await report('page')];
    vi.setSystemTime(START_MS + 89.9 * day);
    duplicates.push(await report('server'));
    vi.setSystemTime(START_MS + 180 * day);
    await dispatcher().wake('main');
    duplicates.push(await report('import'));
    expect(duplicates).toEqual([0, 1, 1]);
  });

  it('an order and its lines are one row, and each of them is known by itself', async () => {
    const world = openWorld();
    await sendServerBatch([order('m1', '1001')]);
    await world.collect();
    await world.pass(10_000);
    const more = { order_id: '1001', products: [{ sku: 'A' }, { sku: 'B' }] };
    await sendServerBatch([order('m2', '1001', { properties: more })]);
    await world.collect();
    await world.pass(10_000);
    const rows = await runInDurableObject(dispatcher(), (_instance, { storage }) => {
      const tables = storage.sql
        .exec<{ name: string }>("SELECT name FROM sqlite_schema WHERE name GLOB 'once_*'")
        .toArray();
      return tables.flatMap(({ name }) => storage.sql.exec(`SELECT * FROM ${name}`).toArray());
    });
    expect([rows, (await world.tally()).duplicate]).toEqual([
      [{ key: 'order 1001', claims: '["Placed Order","Ordered Product:A","Ordered Product:B"]' }],
      2,
    ]);
  });

  it('what is packed is packed: a thousand events are one call', async () => {
    const world = openWorld();
    await world.accept(
      Array.from({ length: 2500 }, (_, index) =>
        eventItem(`m${index}`, { who: { email: `${index % 7}@example.com` } }),
      ),
    );
    await world.pass(10_000);
    expect([calls(world), (await world.tally()).delivered]).toEqual([
      Array.from({ length: 3 }, () => 'bulk_create_events 202'),
      2500,
    ]);
  });
});

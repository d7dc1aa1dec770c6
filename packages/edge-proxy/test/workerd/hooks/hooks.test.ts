import { isJsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { createSluice, type Hooks } from '../../../src/index.ts';
import { order, track, yes } from '../support/messages.ts';
import { visit } from '../support/visit.ts';
import { openWorld, type World } from '../support/world.ts';
import { shopHooks } from './shopHooks.ts';

/** Sends a batch through a Worker with a shop's own rules, all the way to Klaviyo. */
async function through(world: World, hooks: Hooks, batch: unknown[], writeKey = 'wk_demo') {
  const worker = createSluice(hooks);
  const { accepted, rejected } = await visit(writeKey, batch, { through: worker });
  await world.collect(undefined, { through: worker });
  await world.pass(10_000);
  return { accepted, refused: rejected.map(({ id, code }) => `${id} ${code}`), events: eventsAt(world) };
}

function eventsAt({ klaviyo }: World) {
  return klaviyo.state().events.map(({ metric, unique_id, properties }) => [`${metric} ${unique_id}`, properties]);
}

const ping = (id: string, properties = {}) => track(id, { event: 'Ping', properties, context: yes });

const fail = (): never => {
  throw new TypeError('ada@example.com has no shelf');
};

describe("a shop's own rule of consent", () => {
  it('refuses what the policy permits', async () => {
    const allow: Hooks['allow'] = ({ message }) => !('properties' in message && message.properties?.secret === true);
    expect(await through(openWorld(), { allow }, [ping('m1', { secret: true }), ping('m2')])).toEqual({
      accepted: 1,
      refused: ['m1 consent_denied'],
      events: [['Ping m2', {}]],
    });
  });

  it('permits nothing that the policy refuses', async () => {
    const silent = track('m1', { context: null });
    expect((await through(openWorld(), { allow: () => true }, [silent])).refused).toEqual(['m1 consent_unknown']);
  });

  it('that answers with a promise has not said yes', async () => {
    const allow = (async () => true) as unknown as NonNullable<Hooks['allow']>;
    expect((await through(openWorld(), { allow }, [ping('m1')])).refused).toEqual(['m1 consent_denied']);
  });

  it('that fails lets nothing through, and no other event suffers', async () => {
    const allow: Hooks['allow'] = ({ id }) => id === 'm2' || fail();
    const { accepted, refused } = await through(openWorld(), { allow }, [ping('m1'), ping('m2')]);
    expect([accepted, refused]).toEqual([1, ['m1 internal']]);
  });
});

describe("a shop's own enrichment", () => {
  it("adds properties, which the event's own overrule", async () => {
    const enrich: Hooks['enrich'] = (_event, { source, kind }) => ({ shelf: 7, name: 'x', $email: 'x', source, kind });
    const { events } = await through(openWorld(), { enrich }, [ping('m1', { name: 'Mug' })]);
    expect(events).toEqual([['Ping m1', { name: 'Mug', shelf: 7, source: 'web', kind: 'public' }]]);
  });

  it.each<[string, unknown]>([
    ['throws', fail],
    ['returns a promise of some', async () => ({ shelf: 7 })],
    ['returns a text', () => 'shelf'],
    ['returns what JSON cannot say', () => ({ shelf: 7n })],
    ['returns more than an event may hold', () => ({ shelf: 'x'.repeat(40_000) })],
  ])('that %s costs the event nothing', async (_title, enrich) => {
    const { accepted, events } = await through(openWorld(), { enrich } as Hooks, [ping('m1', { name: 'Mug' })]);
    expect([accepted, events.map(([id]) => id)]).toEqual([1, ['Ping m1']]);
  });

  it('writes on a copy: neither the ids nor the person can be changed', async () => {
    const enrich: Hooks['enrich'] = (event) => {
      event.id = 'other';
      event.message.messageId = 'other';
      event.message.anonymousId = 'somebody-else';
      if ('properties' in event.message && event.message.properties) event.message.properties.name = 'other';
      return undefined;
    };
    const world = openWorld();
    const { events } = await through(world, { enrich }, [ping('m1', { name: 'Mug' })]);
    expect([events, world.klaviyo.state().profiles.map((profile) => profile.anonymous_ids)]).toEqual([
      [['Ping m1', { name: 'Mug' }]],
      [['anon-1']],
    ]);
  });
});

describe("a shop's own mapping", () => {
  it('gives a Klaviyo event another name, value and properties, and keeps its ids', async () => {
    const map: Hooks['map'] = ({ metric, properties }) => ({
      metric: `Shop: ${metric}`,
      value: 5,
      currency: 'eur',
      properties: { renamed: properties.name ?? null },
      ...{ id: 'other', uniqueId: 'other', who: { email: 'eve@example.com' } },
    });
    const world = openWorld();
    const { events } = await through(world, { map }, [ping('m1', { name: 'Mug' })]);
    const [event] = world.klaviyo.state().events;
    expect([events, event?.value, world.klaviyo.state().profiles.map(({ email }) => email)]).toEqual([
      [['Shop: Ping m1', { renamed: 'Mug' }]],
      5,
      [null],
    ]);
  });

  it('leaves out what it answers null for, line by line', async () => {
    const map: Hooks['map'] = (mapped) => (mapped.metric === 'Ordered Product' ? null : mapped);
    const { events } = await through(openWorld(), { map }, [order('m1', '1001')], 'sk_backend');
    expect(events.map(([id]) => id)).toEqual(['Placed Order 1001']);
  });

  it.each<[string, unknown]>([
    ['throws', fail],
    ['forgets to answer', () => undefined],
    ['answers with a promise', async (mapped: unknown) => mapped],
    ['gives no name', () => ({ metric: ' ', properties: {} })],
    ['gives no properties', () => ({ metric: 'Ping' })],
    ['gives a name that is too long', () => ({ metric: 'x'.repeat(128), properties: {} })],
  ])('that %s leaves the event as it was', async (_title, map) => {
    const { events } = await through(openWorld(), { map } as Hooks, [ping('m1', { name: 'Mug' })]);
    expect(events).toEqual([['Ping m1', { name: 'Mug' }]]);
  });

  it('never makes one order two, whoever reports it and however it is named', async () => {
    const world = openWorld();
    let calls = 0;
    const map: Hooks['map'] = (mapped) => ({ ...mapped, metric: `${mapped.metric} ${++calls}` });
    await through(world, { map }, [order('page', '1001')]);
    await through(world, { map }, [order('server', '1001')], 'sk_backend');
    expect(eventsAt(world).map(([id]) => id)).toEqual(['Placed Order 1 1001', 'Ordered Product 2 1001:A']);
  });
});

it('the example of the documentation does what it says', async () => {
  const world = openWorld();
  const viewed = { product_id: '1', name: 'Mug', price: 28 };
  const page = { path: '/medical/itch' };
  const sample = { product_id: '2', sku: 'SAMPLE', price: 0 };
  const batch = [
    track('m1', { properties: viewed }),
    track('m2', { properties: viewed, context: { ...yes, page } }),
    order('m3', '1001', { properties: { order_id: '1001', total: 28, products: [{ sku: 'A', price: 28 }, sample] } }),
  ];
  const { refused, events } = await through(world, shopHooks, batch);
  expect([refused, events.map(([id]) => id), events[0]?.[1]]).toEqual([
    ['m2 consent_denied'],
    ['Viewed Product m1', 'Placed Order 1001', 'Ordered Product 1001:A'],
    { ProductID: '1', ProductName: 'Mug', market: 'world' },
  ]);
});

it('a hook that fails is a line in the log which says where, and quotes nobody', async () => {
  const world = openWorld();
  await through(world, { enrich: fail }, [ping('m1')]);
  const line: unknown = JSON.parse(world.output.find((text) => text.includes('a hook failed')) ?? '{}');
  expect([line, isJsonObject(line) && JSON.stringify(line).includes('ada@example.com')]).toEqual([
    {
      message: 'a hook failed',
      hook: 'enrich',
      error: 'TypeError',
      at: expect.arrayContaining([expect.stringContaining('fail')]),
    },
    false,
  ]);
});

import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { identify, track } from '../support/messages.ts';
import { sendBatch, summary } from '../support/post.ts';
import { openWorld } from '../support/world.ts';

const events = () =>
  Array.from({ length: 8 }, (_, index) => track(`m${index}`, { properties: { x: 'x'.repeat(31_000) } }));

describe('Nothing acknowledged is lost', () => {
  it('when the queue fails: 503, when to come again, and no event acknowledged', async () => {
    openWorld();
    vi.spyOn(env.INGEST, 'send').mockRejectedValue(new Error('queue is away'));
    const answer = await sendBatch([track('m1')]);
    expect([summary(answer), answer.headers.get('retry-after'), answer.text.includes('accepted')]).toEqual([
      [503, 'storage_unavailable'],
      '5',
      false,
    ]);
  });

  it('when one of several queue messages fails: the whole request does, and its ids make the repeat safe', async () => {
    const world = openWorld();
    const send = vi.mocked(env.INGEST.send);
    const works = send.getMockImplementation();
    send.mockRejectedValueOnce(new Error('queue is away'));
    const failed = await sendBatch(events());
    if (works) send.mockImplementation(works);
    const again = await sendBatch(events());
    await world.collect();
    await world.pass(10_000);
    expect([summary(failed), summary(again), world.klaviyo.state().events.length, await world.tally()]).toMatchObject([
      [503, 'storage_unavailable'],
      [202, 8, []],
      8,
      { waiting: 0, delivered: 8 },
    ]);
  });

  const away = (what: string) => () => {
    throw new Error(`${what} is away`);
  };

  it.each([
    ['the Dispatcher', { DISPATCHER: { getByName: away('the Dispatcher') } as never }],
    ['the database', { DB: { prepare: away('D1') } as never }],
    ['the configuration', { SLUICE_CONFIG: '{}' }],
  ])('when %s fails: the queue keeps the batch, and asks ever later', async (_title, bindings) => {
    const world = openWorld();
    await sendBatch([identify('m1', { email: 'ada@example.com' })]);
    const batch = [...world.queue];
    const delays = [];
    for (const attempts of [1, 2, 5, 9, 50]) {
      const { acked, retried } = await world.collect(batch, { attempts, bindings });
      delays.push([...acked, ...retried.map(({ delaySeconds }) => delaySeconds)]);
    }
    const before = await world.tally();
    const { acked } = await world.collect(batch);
    // A hundred tries, the queue's `max_retries`, then last longer than half a day.
    expect([delays, before.accepted, acked, (await world.tally()).accepted]).toEqual([
      [[2], [4], [32], [512], [600]],
      0,
      ['q0'],
      1,
    ]);
  });

  it('when one message is of a later version, or unreadable: its neighbours go on', async () => {
    const world = openWorld();
    await sendBatch([track('m1')]);
    const later = { v: 3, kind: 'events' } as never;
    const broken = {
      v: 1,
      kind: 'events',
      account: 'main',
      source: 'web',
      trusted: false,
      receivedAtMs: 1,
      events: [null],
    } as never;
    const outcome = await world.collect([later, null as never, broken, ...world.queue]);
    expect([outcome.acked, outcome.retried.map(({ id }) => id), (await world.tally()).accepted]).toEqual([
      ['q3'],
      ['q0', 'q1', 'q2'],
      1,
    ]);
  });

  it('past the high-water mark: the queue keeps the batch for ten minutes', async () => {
    const world = openWorld();
    await sendBatch([track('m1')]);
    const full = { getByName: () => ({ store: async () => ({ ok: false, reason: 'full' }) }) } as never;
    const outcome = await world.collect([...world.queue], { bindings: { DISPATCHER: full } });
    expect(outcome).toEqual({ acked: [], retried: [{ id: 'q0', delaySeconds: 600 }] });
  });
});

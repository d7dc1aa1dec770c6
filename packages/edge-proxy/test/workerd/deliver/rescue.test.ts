import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { identify, track } from '../support/messages.ts';
import { listDead, replay } from '../support/operator.ts';
import { sendBatch } from '../support/post.ts';
import { eventsByProfile } from '../support/seen.ts';
import { dispatcher, type Outcome, openWorld, START_MS, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const DLQ = { queueName: 'sluice-ingest-dlq' };

/** A batch that the queue gave up on. */
async function giveUp(world: World): Promise<IngestMessage[]> {
  await sendBatch([identify('m1', { email: 'ada@example.com' }), track('m2', { anonymousId: 'anon-2' })]);
  return world.queue.splice(0);
}

const acked = (outcome: Outcome) => [outcome.acked.length, outcome.retried];

describe('what the queue gave up on', () => {
  it('goes back into the queue after a while as it was, with the time at which it first came', async () => {
    const world = openWorld();
    const messages = await giveUp(world);
    await world.pass(48 * HOUR_MS);
    const outcome = await world.collect(messages, DLQ);
    const delays = vi
      .mocked(env.INGEST.send)
      .mock.calls.slice(1)
      .map(([, options]) => options?.delaySeconds);
    const back = [...world.queue];
    await world.collect();
    await world.pass(10_000);
    expect([acked(outcome), delays, back, (await world.tally()).delivered]).toEqual([[1, []], [600], messages, 2]);
  });

  it('goes back too in a version that this release does not know: another one will', async () => {
    const world = openWorld();
    const later = (await giveUp(world)).map((message) => ({ ...message, v: 3 }) as unknown as IngestMessage);
    await world.collect(later, DLQ);
    expect(world.queue).toEqual(later);
  });

  it('is dead when it is too old, item by item, and a replay sends it', async () => {
    const world = openWorld();
    const messages = await giveUp(world);
    await world.pass(73 * HOUR_MS);
    const outcome = await world.collect(messages, DLQ);
    const { deadLetters } = await listDead();
    const tally = await world.tally();
    await replay({ all: true });
    await world.pass(10_000);
    const letters = deadLetters.map(({ id, reason, attempts }) => [id, reason, attempts]);
    expect([acked(outcome), letters, tally, eventsByProfile(world)['anon-2']]).toEqual([
      [1, []],
      expect.arrayContaining([['m2#Viewed Product', 'expired', 0]]),
      { accepted: 2, waiting: 0, delivered: 0, refused: 0, dead: 2, duplicate: 0 },
      ['Viewed Product m2'],
    ]);
  });

  it.each([
    ['no message', 'nonsense'],
    ['nothing of ours', { hello: 'ada@example.com' }],
    ['no time', { v: 1, kind: 'events', account: 'main', events: [] }],
  ])('is counted, and a line in the log without a word of it, where it is %s', async (_title, body) => {
    const world = openWorld();
    const outcome = await world.collect([body as unknown as IngestMessage], DLQ);
    const line = world.output.find((text) => text.includes('a queue message died')) ?? '{}';
    expect([acked(outcome), (await dispatcher().figures()).unreadable, JSON.parse(line), await world.tally()]).toEqual([
      [1, []],
      1,
      {
        message: 'a queue message died',
        queueMessage: 'q0',
        account: 'main',
        queuedAtMs: START_MS,
        items: 0,
        unreadable: 1,
      },
      { accepted: 0, waiting: 0, delivered: 0, refused: 0, dead: 0, duplicate: 0 },
    ]);
  });

  it('costs an event that cannot be mapped no other', async () => {
    const world = openWorld();
    const [message] = await giveUp(world);
    if (message?.kind !== 'events') throw new Error('expected events');
    const broken = { ...message, events: [{ id: 'broken' }, ...message.events] } as unknown as IngestMessage;
    await world.pass(73 * HOUR_MS);
    await world.collect([broken], DLQ);
    expect([(await dispatcher().figures()).unreadable, (await world.tally()).dead]).toEqual([1, 2]);
  });

  it.each([
    ['the queue', {}],
    ['the configuration', { SLUICE_CONFIG: '{}' }],
  ])('stays where it is for an hour when %s is away', async (what, bindings) => {
    const world = openWorld();
    const messages = await giveUp(world);
    if (what === 'the queue') vi.spyOn(env.INGEST, 'send').mockRejectedValue(new Error('the queue is away'));
    const outcome = await world.collect(messages, { ...DLQ, bindings });
    expect(acked(outcome)).toEqual([0, [{ id: 'q0', delaySeconds: 3600 }]]);
  });
});

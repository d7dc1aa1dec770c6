import { describe, expect, it } from 'vitest';
import { no, order, track } from '../support/messages.ts';
import { send, sendBatch, sendServerBatch, summary } from '../support/post.ts';
import { queuedEvents } from '../support/queuedEvents.ts';
import { openWorld } from '../support/world.ts';

const silent = { context: null };
const denied = (index: number, id: string) => ({ index, id, code: 'consent_denied' });
const unknown = (index: number, id: string) => ({ index, id, code: 'consent_unknown' });

describe('Nothing leaves without consent', () => {
  it('at the door: a batch that consent refuses is answered with the reasons, and nothing is kept', async () => {
    const world = openWorld();
    const answer = await sendBatch([track('m1', { context: no }), track('m2', silent)]);
    expect([summary(answer), world.queue]).toEqual([[202, 0, [denied(0, 'm1'), unknown(1, 'm2')]], []]);
  });

  it('a refusal beside a malformed event is no mistake of the request', async () => {
    openWorld();
    const answer = await sendBatch([track('m1', { context: no }), track('m2', { event: '' })]);
    expect(summary(answer)).toEqual([
      202,
      0,
      [denied(0, 'm1'), { index: 1, id: 'm2', code: 'event_invalid', path: 'event' }],
    ]);
  });

  it('silence goes only where the policy of the source says so', async () => {
    openWorld();
    const batch = [track('m1', silent)];
    const answers = [
      await sendBatch(batch),
      await send('/v1/batch', { writeKey: 'wk_relaxed', batch }),
      await sendServerBatch(batch),
    ];
    expect(answers.map(summary)).toEqual([
      [202, 0, [unknown(0, 'm1')]],
      [202, 1, []],
      [202, 1, []],
    ]);
  });

  it('an event that only servers may send is refused from a page, and taken from a server', async () => {
    openWorld();
    const batch = [track('m1', { event: 'Subscription Renewed' })];
    expect([summary(await sendBatch(batch)), summary(await sendServerBatch(batch))]).toEqual([
      [202, 0, [{ index: 0, id: 'm1', code: 'event_server_only', path: 'event' }]],
      [202, 1, []],
    ]);
  });

  it.each(['Order Fulfilled', 'Fulfilled Order'])('a page claims no %s that only servers may send', async (event) => {
    openWorld();
    const batch = [track('m1', { event, properties: { order_id: '1' } })];
    expect(summary(await sendBatch(batch))).toEqual([
      202,
      0,
      [{ index: 0, id: 'm1', code: 'event_server_only', path: 'event' }],
    ]);
  });

  it("a server's order goes without it under Klaviyo's name too", async () => {
    const world = openWorld();
    await sendServerBatch([order('m1', '1', { event: 'Placed Order', context: no }), order('m2', '2')]);
    const events = queuedEvents(world.queue);
    expect(events.map(({ purpose, onlyTransactional }) => [purpose, onlyTransactional])).toEqual([
      ['transactional', true],
      ['transactional', undefined],
    ]);
  });

  it('a known no is heeded whatever the policy', async () => {
    openWorld();
    const batch = [track('m1', { context: no })];
    const answers = [await send('/v1/batch', { writeKey: 'wk_relaxed', batch }), await sendServerBatch(batch)];
    expect(answers.map(summary)).toEqual([
      [202, 0, [denied(0, 'm1')]],
      [202, 0, [denied(0, 'm1')]],
    ]);
  });

  it('Global Privacy Control is a no, also beside a yes', async () => {
    openWorld();
    const consent = { categoryPreferences: { marketing: true }, gpc: true };
    expect(summary(await sendBatch([track('m1', { context: { consent } })]))).toEqual([202, 0, [denied(0, 'm1')]]);
  });

  it("a batch's no is every message's, also of one whose context is null", async () => {
    openWorld();
    const batch = [track('m1', silent), { type: 'track', event: 'Ping', messageId: 'm2' }];
    expect(summary(await sendServerBatch(batch, { context: no, anonymousId: 'a' }))).toEqual([
      202,
      0,
      [denied(0, 'm1'), denied(1, 'm2')],
    ]);
  });

  it("a server's order goes without it, a page's does not", async () => {
    openWorld();
    const batch = [order('m1', '1001', { context: no })];
    expect([summary(await sendServerBatch(batch)), summary(await sendBatch(batch))]).toEqual([
      [202, 1, []],
      [202, 0, [denied(0, 'm1')]],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../support/decide.ts';
import { eventItem } from '../support/items.ts';
import { no, order, track } from '../support/messages.ts';
import { send, sendBatch, sendServerBatch } from '../support/post.ts';
import { calls, eventsByProfile } from '../support/seen.ts';
import { openWorld } from '../support/world.ts';

const SUBSCRIBE = 'bulk_subscribe_profiles';

describe('Nothing acknowledged is lost', () => {
  it('a consent that Klaviyo answers with 429, twice, is on the list in the end, under its one id', async () => {
    const world = openWorld();
    world.klaviyo.faults.replace([{ operation: SUBSCRIBE, status: 429, retryAfterSeconds: 30, count: 2 }]);
    const form = { writeKey: 'wk_demo', messageId: 's1', email: 'ada@example.com' };
    const { status } = await send('/v1/subscribe', form, { headers: { 'cf-connecting-ip': '203.0.113.9' } });
    await world.collect();
    await world.pass(120_000);
    const [profile] = world.klaviyo.state().profiles;
    expect([status, calls(world, SUBSCRIBE), profile?.consent.email.consent, profile?.lists]).toEqual([
      202,
      [`${SUBSCRIBE} 429`, `${SUBSCRIBE} 429`, `${SUBSCRIBE} 202`],
      'SUBSCRIBED',
      ['DEMO01'],
    ]);
  });
});

describe('Nothing leaves without consent', () => {
  it("a shop's receipts go on after an opt-out from the newsletter, and after one from tracking; views do not", async () => {
    const world = openWorld();
    const email = 'ada@example.com';
    await decide({ email }, 'denied', { purpose: 'email' });
    await decide({ email }, 'denied');
    const about = { anonymousId: null, context: { ...no, traits: { email } } };
    const receipt = (id: string, event: string) => order(id, '1001', { ...about, event });
    const receipts = ['Order Completed', 'Order Fulfilled', 'Order Cancelled', 'Order Refunded'];
    await sendServerBatch(receipts.map((event, at) => receipt(`m${at}`, event)));
    await sendServerBatch([track('m8', about)]);
    await sendBatch([
      track('m9', { context: { traits: { email }, consent: { categoryPreferences: { marketing: true } } } }),
    ]);
    await world.collect();
    await world.pass(10_000);
    expect(eventsByProfile(world)).toEqual({
      [email]: [
        'Cancelled Order 1001',
        'Fulfilled Order 1001',
        'Ordered Product 1001:A',
        'Placed Order 1001',
        'Refunded Order 1001',
      ],
    });
  });

  it("a back end's report of an order goes in the place of the page's, which an opt-out from tracking holds back", async () => {
    const world = openWorld();
    const placed = {
      kind: 'Placed Order',
      metric: 'Placed Order',
      uniqueId: '1001',
      who: { email: 'ada@example.com' },
    };
    world.klaviyo.faults.replace([{ operation: 'bulk_create_events', status: 429, retryAfterSeconds: 60 }]);
    await world.accept([eventItem('page', placed)]);
    await world.pass(10_000);
    await world.accept([eventItem('backend', { ...placed, purpose: 'transactional' })]);
    await world.pass(10_000);
    const before = await world.tally();
    const optOut = { writeKey: 'sk_backend', email: 'ada@example.com', purposes: { tracking: 'denied' } };
    await send('/v1/consent', optOut, { origin: null });
    await world.pass(120_000);
    expect([before, eventsByProfile(world), await world.tally()]).toEqual([
      { accepted: 2, waiting: 1, delivered: 0, refused: 0, dead: 0, duplicate: 1 },
      { 'ada@example.com': ['Placed Order 1001'] },
      { accepted: 2, waiting: 0, delivered: 1, refused: 1, dead: 0, duplicate: 0 },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../support/decide.ts';
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
});

import { describe, expect, it } from 'vitest';
import type { AcceptedSubscription } from '../../../src/ingest/acceptedEvent.ts';
import { mapSubscription } from '../../../src/map/mapSubscription.ts';
import { receivedAtMs, subscription } from './support/subscription.ts';

const map = (change: Partial<AcceptedSubscription> = {}) =>
  mapSubscription({ ...subscription, ...change }, receivedAtMs);

describe('the items of a subscription', () => {
  it('are one a list', () => {
    const common = {
      lane: 'subscribe',
      who: { email: 'ada@example.com' },
      purpose: 'marketing',
      receivedAtMs,
      channels: ['email'],
      decidedAtMs: subscription.decidedAtMs,
    };
    expect(map({ lists: ['DEMO01', 'DEMO02', 'DEMO01'] })).toEqual([
      { ...common, id: 'msg-1#subscribe:DEMO01', list: 'DEMO01' },
      { ...common, id: 'msg-1#subscribe:DEMO02', list: 'DEMO02' },
    ]);
  });

  it('are one for the account’s default opt-in when no list is named', () => {
    expect(map({ lists: [] })).toMatchObject([{ id: 'msg-1#subscribe', list: null }]);
  });

  it('carry only the identifiers of the channels agreed to', () => {
    const phone = '+14155550100';
    expect([
      map({ phone }),
      map({ phone, channels: ['sms'] }),
      map({ phone, channels: ['email', 'sms'] }),
    ]).toMatchObject([
      [{ who: { email: 'ada@example.com' } }],
      [{ who: { phone_number: phone } }],
      [{ who: { email: 'ada@example.com', phone_number: phone } }],
    ]);
  });

  it('bring a profile when more is known of the person', () => {
    const attributes = { first_name: 'Ada', properties: { source: 'footer' } };
    expect(map({ attributes, phone: '+14155550100' })[1]).toEqual({
      lane: 'profiles',
      id: 'msg-1#profile',
      who: { email: 'ada@example.com' },
      purpose: 'marketing',
      receivedAtMs,
      attributes,
      decidedAtMs: expect.any(Number),
    });
  });
});

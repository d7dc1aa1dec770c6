import { describe, expect, it } from 'vitest';
import { mapEvent } from '../../../src/map/mapEvent.ts';
import { accept } from './support/accept.ts';
import { mapOne } from './support/mapOne.ts';
import { makeSettings, receivedAtMs, type SettingsChange } from './support/settings.ts';

const ping = { type: 'track', event: 'Ping', messageId: 'msg-1' };
const whoOf = (message: object, change?: SettingsChange) => mapOne({ ...ping, ...message }, change).who;
const identify = (message: object, change?: SettingsChange, location?: { country: string }) =>
  mapEvent(
    accept({ type: 'identify', messageId: 'msg-1', ...message }, location && { location }),
    makeSettings(change),
  );

describe('whose an event is', () => {
  it('takes the first address that is usable', () => {
    const message = { context: { traits: { email: 'not one' } }, properties: { email: 'ada@example.com' } };
    expect(whoOf(message, { trusted: true })).toEqual({ email: 'ada@example.com' });
  });

  it('takes an address in a page’s properties for the visitor’s in orders and checkouts alone', () => {
    const ofEvent = (event: string) =>
      mapOne({
        type: 'track',
        event,
        messageId: 'msg-1',
        anonymousId: 'anon-1',
        properties: { email: 'ada@example.com' },
      }).who;
    const names = ['Invite Sent', 'Checkout Started', 'Started Checkout', 'Order Canceled', 'Canceled Order'];
    expect(names.map(ofEvent)).toEqual([
      { anonymous_id: 'anon-1' },
      { email: 'ada@example.com', anonymous_id: 'anon-1' },
      { email: 'ada@example.com', anonymous_id: 'anon-1' },
      { email: 'ada@example.com', anonymous_id: 'anon-1' },
      { email: 'ada@example.com', anonymous_id: 'anon-1' },
    ]);
  });

  it('keeps another person’s address in the properties', () => {
    const { who, properties } = mapOne({
      ...ping,
      context: { traits: { email: 'ada@example.com' } },
      properties: { email: 'friend@example.com' },
    });
    expect({ who, properties }).toEqual({
      who: { email: 'ada@example.com' },
      properties: { email: 'friend@example.com' },
    });
  });

  it('lets no page write a user id onto a profile, but finds one by it when there is nothing else', () => {
    expect([
      whoOf({ anonymousId: 'anon-1', userId: 'user-5' }),
      whoOf({ context: { traits: { phone: '+14155550100' } }, userId: 'user-5' }),
      whoOf({ context: { klaviyo: { _kx: 'abc.def' } }, userId: 'user-5' }),
      whoOf({ userId: 'user-5' }),
    ]).toEqual([
      { anonymous_id: 'anon-1' },
      { phone_number: '+14155550100' },
      { _kx: 'abc.def' },
      { external_id: 'user-5' },
    ]);
  });

  it('reads no address from a page when the configuration does not allow the trait', () => {
    const message = { anonymousId: 'anon-1', context: { traits: { email: 'ada@example.com' } } };
    expect(whoOf(message, { identity: { publicTraits: ['firstName'] } })).toEqual({ anonymous_id: 'anon-1' });
  });

  it('completes a number with the country where the edge sees the visitor, or of which a server’s message speaks', () => {
    const london = '+442079460000';
    const phoneIn = (context: object, trusted: boolean, country?: string) => {
      const message = { ...ping, anonymousId: 'anon-1', context: { ...context, traits: { phone: '020 7946 0000' } } };
      const event = accept(message, country === undefined ? {} : { location: { country } });
      return mapEvent(event, makeSettings({ trusted })).map(({ who }) => who.phone_number);
    };
    expect(
      [
        phoneIn({}, false, 'GB'),
        phoneIn({ locale: 'en-GB' }, false),
        phoneIn({ locale: 'en_GB' }, true, 'DE'),
        phoneIn({ location: { country: 'gb' }, locale: 'de-DE' }, true),
        phoneIn({ locale: 'en' }, true),
        phoneIn({ locale: 'en-u-ca-gregory' }, true),
        phoneIn({ locale: 'en-Latn-GB-oxendict' }, true),
      ].flat(),
    ).toEqual([london, undefined, london, london, undefined, undefined, london]);
  });

  it('takes the exchange id of the link that led to this page, else of the one that the visit began with', () => {
    const page = (url: string) => ({ url: `https://shop.example.com/${url}` });
    const who = [
      { page: page('?_kx=new'), lastTouch: page('?_kx=old') },
      { page: page('cart'), lastTouch: page('?_kx=old') },
      { page: page('cart'), lastTouch: 'x' },
    ].map((context) => whoOf({ anonymousId: 'anon-1', context })._kx);
    expect(who).toEqual(['new', 'old', undefined]);
  });

  it('never sends Klaviyo’s exchange id beside an address', () => {
    const context = { traits: { email: 'ada@example.com' }, page: { url: 'https://shop.example.com/?_kx=abc' } };
    expect([whoOf({ context }), whoOf({ context }, { trusted: true })]).toEqual([
      { email: 'ada@example.com' },
      { email: 'ada@example.com' },
    ]);
  });

  it.each([
    ['no address', 'shop'],
    ['a relative address', '/sale?_kx=abc'],
    ['an empty token', 'https://shop.example.com/?_kx='],
    ['a token with a line break', 'https://shop.example.com/?_kx=a%0Ab'],
    ['a token too long', `https://shop.example.com/?_kx=${'a'.repeat(256)}`],
  ])('reads no exchange id from %s', (_, url) => {
    expect(whoOf({ anonymousId: 'anon-1', context: { page: { url } } })).toEqual({ anonymous_id: 'anon-1' });
  });
});

describe('Klaviyo’s cookie, as a page brings it', () => {
  const cookie = (value: object | string) => btoa(typeof value === 'string' ? value : JSON.stringify(value));
  it.each([
    ['a known visitor’s', cookie({ cid: 'Y2lk', $exchange_id: 'abc.DEF' }), 'abc.DEF'],
    ['one as it stands in document.cookie', encodeURIComponent(cookie({ $exchange_id: 'abc.DEF?' })), 'abc.DEF?'],
    ['an anonymous visitor’s', cookie({ cid: 'Y2lk' }), undefined],
    ['a malformed token', cookie({ $exchange_id: 'a b' }), undefined],
    ['a token that is no text', cookie({ $exchange_id: ['abc'] }), undefined],
    ['no object', cookie('[1]'), undefined],
    ['no JSON', cookie('abc'), undefined],
    ['no base64', '{"$exchange_id":"abc"}', undefined],
    ['a broken escape', '%E0%A4%A', undefined],
    ['one too long', cookie({ $exchange_id: 'abc', referrer: 'x'.repeat(4000) }), undefined],
  ])('%s', (_, value, exchangeId) => {
    const who = whoOf({ anonymousId: 'anon-1', context: { klaviyo: { __kla_id: value } } });
    expect(who).toEqual({ anonymous_id: 'anon-1', ...(exchangeId && { _kx: exchangeId }) });
  });
});

describe('an identify of a visitor', () => {
  const merging = (message: object, change?: SettingsChange) =>
    identify(message, change).flatMap((item) => (item.lane === 'events' ? [`${item.metric} of ${item.kind}`] : []));
  const visitor = { anonymousId: 'anon-1', traits: { email: 'ada@example.com' } };

  it('is an event besides, under both ids, which can be renamed and switched off', () => {
    expect([
      merging(visitor),
      merging(visitor, { events: { names: { Identified: 'Signed In' } } }),
      merging(visitor, { events: { disabled: ['Identified'] } }),
      merging({ ...visitor, traits: { phone: '+14155550100' } }),
    ]).toEqual([['Identified of Identified'], ['Signed In of Identified'], [], ['Identified of Identified']]);
  });

  it('is none where there is nothing to merge', () => {
    expect([
      merging({ traits: visitor.traits }),
      merging({ anonymousId: 'anon-1', userId: 'user-5' }, { trusted: true }),
      merging(visitor, { identity: { publicTraits: ['firstName'] } }),
    ]).toEqual([[], [], []]);
  });
});

describe('the profile of an identify', () => {
  it('has the place that the edge saw, unless the person names one', () => {
    const trusted = { trusted: true };
    const traits = { email: 'ada@example.com' };
    expect([
      identify({ traits }, trusted, { country: 'NO' }),
      identify({ traits: { ...traits, address: { country: 'GB', floor: 3 } } }, trusted, { country: 'NO' }),
      identify({ traits: { ...traits, address: 'somewhere' } }, trusted, { country: 'NO' }),
    ]).toMatchObject([
      [{ attributes: { location: { country: 'NO' } } }],
      [{ attributes: { location: { country: 'GB' }, properties: { address: { floor: 3 } } } }],
      [{ attributes: { location: { country: 'NO' }, properties: { address: 'somewhere' } } }],
    ]);
  });

  it('is found by a user id that is an address', () => {
    expect(identify({ userId: 'Ada@Example.com', traits: { firstName: 'Ada' } }, { trusted: true })).toMatchObject([
      { id: 'msg-1#profile', lane: 'profiles', who: { email: 'ada@example.com' }, attributes: { first_name: 'Ada' } },
    ]);
  });

  it('takes no trait from a page but those allowed, in either spelling', () => {
    const traits = {
      email: 'ada@example.com',
      LASTNAME: 'L',
      last_name: 'Lovelace',
      $source: 1,
      points: 9,
      external_id: 'x',
    };
    expect(identify({ traits })).toEqual([
      {
        lane: 'profiles',
        id: 'msg-1#profile',
        who: { email: 'ada@example.com' },
        purpose: 'tracking',
        receivedAtMs,
        attributes: { last_name: 'Lovelace' },
      },
    ]);
  });

  it('keeps an unusable address and number as properties', () => {
    const traits = { email: 'ada@', phone: '12', locale: 'English, please' };
    expect(identify({ userId: 'user-5', traits }, { trusted: true })).toMatchObject([
      { who: { external_id: 'user-5' }, attributes: { properties: traits } },
    ]);
  });

  it('keeps traits that would reach a prototype away', () => {
    const traits = JSON.parse(
      '{"email":"ada@example.com","__proto__":{"vip":true},"company":{"name":"E","__proto__":{"x":1}}}',
    );
    expect(identify({ traits }, { trusted: true })).toEqual([
      expect.objectContaining({
        who: { email: 'ada@example.com' },
        attributes: {
          organization: 'E',
          properties: {
            SluiceCut: ['__proto__: this key is not sent', 'company.__proto__: this key is not sent'],
          },
        },
      }),
    ]);
    expect(identify({ traits })).toMatchObject([{ attributes: {} }]);
  });
});

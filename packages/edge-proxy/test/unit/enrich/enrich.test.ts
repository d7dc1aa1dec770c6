import { type Json, type JsonObject, MessageSchema } from '@sluice/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrich } from '../../../src/enrich/enrich.ts';
import { GOOGLEBOT, IPHONE, page, server, switches, track, WINDOWS } from './support/facts.ts';

const context: JsonObject = {
  userAgent: IPHONE,
  ip: '203.0.113.1',
  sessionId: 's-1',
  session: { number: 3 },
  initialCampaign: { source: 'tv' },
  page: {
    url: 'https://shop.example/p/1?utm_source=google&utm_medium=cpc&gclid=G-1',
    referrer: 'https://www.google.com/',
    initial_referrer: 'https://www.pinterest.com/',
  },
};

const all = {
  visit_device: 'mobile',
  visit_browser: 'Safari',
  visit_os: 'iOS',
  visit_utm_source: 'google',
  visit_utm_medium: 'cpc',
  visit_gclid: 'G-1',
  visit_initial_utm_source: 'tv',
  visit_referrer_kind: 'paid',
  visit_referrer_host: 'google.com',
  visit_initial_referrer_kind: 'social',
  visit_initial_referrer_host: 'pinterest.com',
  visit_session_id: 's-1',
  visit_session_number: 3,
};

/** What is read in the objects of a context. */
const FIELDS =
  'url search referrer initial_referrer source medium name brands platform id number country city latitude'.split(' ');

const without = (pattern: RegExp) => Object.fromEntries(Object.entries(all).filter(([name]) => !pattern.test(name)));

describe('enrichment', () => {
  it('adds what is known of the visit', () => {
    expect(enrich(track(context), page, switches())).toEqual({ isBot: false, location: page.location, visit: all });
  });

  it.each([
    ['device', without(/device|browser|os$/)],
    ['campaign', without(/utm|gclid/)],
    ['referrer', without(/referrer/)],
    ['session', without(/session/)],
  ])('leaves out what is switched off: %s', (name, visit) => {
    expect(enrich(track(context), page, switches({ [name]: false })).visit).toEqual(visit);
  });

  it('adds what our SDK remembers of how the visitor first came, deep inside a later visit', () => {
    const touch = { url: 'https://shop.example/', timestamp: '2026-11-01T00:00:00Z' };
    const url = 'https://shop.example/?utm_source=tv&gclid=G-1';
    const firstTouch = { ...touch, url, referrer: 'https://www.pinterest.com/' };
    const remembered = { firstTouch, lastTouch: { ...touch, referrer: '' }, page: { url: 'https://shop.example/p/1' } };
    expect(enrich(track(remembered), page, switches({ device: false, bots: 'off' })).visit).toEqual({
      visit_initial_utm_source: 'tv',
      visit_initial_gclid: 'G-1',
      visit_initial_referrer_kind: 'paid',
      visit_initial_referrer_host: 'pinterest.com',
    });
  });

  it('adds nothing where nothing is known, or all is switched off', () => {
    const off = switches({
      location: false,
      device: false,
      bots: 'off',
      campaign: false,
      referrer: false,
      session: false,
    });
    expect([
      enrich(track(), server, switches()),
      enrich(track({ ...context, userAgent: GOOGLEBOT }), page, off),
    ]).toEqual([{ isBot: false }, { isBot: false }]);
  });

  it("gives a profile its place alone: a browser is the visit's, not the person's", () => {
    const identify = MessageSchema.parse({ type: 'identify', userId: 'u', context });
    expect(enrich(identify, page, switches())).toEqual({ isBot: false, location: page.location });
  });

  it("knows a page's browser by the request, and a server's customer by the message alone", () => {
    const seen = { userAgent: WINDOWS, hints: undefined };
    expect([
      enrich(track(), { ...page, ...seen }, switches()).visit,
      enrich(track(), { ...server, ...seen }, switches()).visit,
      enrich(track({ userAgent: WINDOWS }), server, switches()).visit,
    ]).toEqual([
      { visit_device: 'desktop', visit_browser: 'Chrome', visit_os: 'Windows' },
      undefined,
      { visit_device: 'desktop', visit_browser: 'Chrome', visit_os: 'Windows' },
    ]);
  });

  it("reads a message's hints, as Segment's SDK names them and as RudderStack's does", () => {
    const brands = ['Chromium', 'Brave'].map((brand) => ({ brand, version: '142' }));
    const hints = { brands, mobile: false, platform: 'Windows', fullVersionList: Array(20).fill(brands[0]) };
    const seen = ['userAgentData', 'ua-ch'].map(
      (name) => enrich(track({ userAgent: WINDOWS, [name]: hints }), page, switches()).visit?.visit_browser,
    );
    expect(seen).toEqual(['Brave', 'Brave']);
  });

  it("takes an app's word on its system, and its library's requests for no script's", () => {
    const app = { device: { type: 'android', model: 'Pixel 8' }, os: { name: 'Android', version: '14' } };
    const edge = { ...page, userAgent: 'okhttp/4.12.0' };
    expect([enrich(track(app), edge, switches()), enrich(track(), edge, switches())]).toEqual([
      { isBot: false, location: page.location, visit: { visit_os: 'Android' } },
      { isBot: true, location: page.location, visit: { visit_bot: true } },
    ]);
  });

  it('marks bots, which can be switched off', () => {
    const message = track({ userAgent: GOOGLEBOT });
    const seen = (['flag', 'drop', 'off'] as const).map((bots) => {
      const { isBot, visit } = enrich(message, page, switches({ bots, device: false }));
      return [isBot, visit];
    });
    expect(seen).toEqual([
      [true, { visit_bot: true }],
      [true, { visit_bot: true }],
      [false, undefined],
    ]);
  });

  it("reads RudderStack's words for no referrer, and an older page view's properties", () => {
    const older = {
      type: 'page',
      anonymousId: 'a',
      properties: { url: 'https://shop.example/?fbclid=F-1', referrer: '' },
    };
    expect([
      enrich(track({ page: { referrer: '$direct' } }), page, switches()).visit,
      enrich(MessageSchema.parse(older), page, switches()).visit,
    ]).toEqual([{ visit_referrer_kind: 'direct' }, { visit_fbclid: 'F-1', visit_referrer_kind: 'social' }]);
  });

  it.each<[string, JsonObject]>([
    ['numbers', { page: 1, campaign: 2, userAgent: 3, sessionId: null, session: 4, os: 5, userAgentData: 6 }],
    ['lists', { page: [], campaign: [], userAgent: [], session: [], os: [], userAgentData: [], 'ua-ch': [] }],
    [
      'hollow objects',
      { page: { url: {}, search: [], referrer: 1 }, campaign: { source: {} }, userAgentData: { brands: 1 } },
    ],
    ['addresses that are none', { page: { url: 'http://[', referrer: '://', search: '%' } }],
  ])('takes whatever a client sends: %s', (_title, hostile) => {
    expect(enrich(track(hostile), page, switches())).toEqual({ isBot: false, location: page.location });
  });

  it('of anything at all adds short texts, numbers and truths, all under names of its own', () => {
    const names = [
      'page',
      'campaign',
      'initialCampaign',
      'firstTouch',
      'userAgent',
      'userAgentData',
      'os',
      'session',
      'sessionId',
    ];
    const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 900 }));
    const some = fc.dictionary(fc.constantFrom(...FIELDS), anything);
    const contexts = fc.dictionary(
      fc.constantFrom(...names, 'location', 'address', 'timezone', 'ip'),
      fc.oneof(some, anything),
    );
    fc.assert(
      fc.property(contexts, fc.constantFrom(page, server), (hostile, edge) => {
        const { visit = {}, location = {} } = enrich(track(hostile as JsonObject), edge, switches({ ip: true }));
        for (const [name, value] of Object.entries<Json>({ ...visit, ...location })) {
          expect(name in location || name.startsWith('visit_')).toBe(true);
          const isShort = typeof value === 'string' && value.length <= 400 && value.isWellFormed();
          expect(isShort || typeof value === 'number' || value === true).toBe(true);
        }
      }),
    );
  });
});

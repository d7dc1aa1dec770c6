import { describe, expect, it } from 'vitest';
import { no, order, track, yes } from '../support/messages.ts';
import { queuedEvents } from '../support/queuedEvents.ts';
import { testConfig } from '../support/settings.ts';
import { visit } from '../support/visit.ts';
import { openWorld } from '../support/world.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const GOOGLEBOT =
  'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
type Place = Partial<IncomingRequestCfProperties>;

const vienna: Place = {
  city: 'Vienna',
  country: 'AT',
  timezone: 'Europe/Vienna',
  latitude: '48.20',
  longitude: '16.37',
};
const virginia: Place = { city: 'Ashburn', country: 'US', timezone: 'America/New_York' };
const page = { url: 'https://shop.example/mug?utm_source=news&utm_medium=email', referrer: 'https://mail.google.com/' };

describe('a visit', () => {
  it('is known at Klaviyo by its place, device and campaign, beside what the shop sent', async () => {
    const world = openWorld();
    const properties = { name: 'Mug', visit_os: "the shop's own" };
    const context = { ...yes, page, traits: { email: 'ada@example.com' } };
    await visit('wk_demo', [track('m1', { properties, context })], { cf: vienna, headers: { 'user-agent': IPHONE } });
    await world.collect();
    await world.pass(10_000);
    const { profiles, events } = world.klaviyo.state();
    const { latitude, longitude, ...place } = vienna;
    expect([profiles.map(({ location }) => location), events.map((event) => event.properties)]).toEqual([
      [expect.objectContaining({ ...place, latitude: 48.2, longitude: 16.37 })],
      [
        {
          ProductName: 'Mug',
          visit_device: 'mobile',
          visit_browser: 'Safari',
          visit_os: "the shop's own",
          visit_utm_source: 'news',
          visit_utm_medium: 'email',
          visit_referrer_kind: 'email',
          visit_referrer_host: 'mail.google.com',
        },
      ],
    ]);
  });

  it('leaves no IP address behind, neither in the queue nor at Klaviyo nor in the log', async () => {
    const world = openWorld();
    const ips = ['203.0.113.7', '198.51.100.7'];
    const [fromHeader = '', fromContext = ''] = ips;
    const headers = { 'cf-connecting-ip': fromHeader, 'x-forwarded-for': fromHeader, 'user-agent': IPHONE };
    const batch = [track('m1', { context: { ...yes, ip: fromContext } })];
    await visit('wk_demo', batch, { headers });
    await visit('sk_backend', [order('m2', '1', { context: { ip: fromContext } })], { headers });
    const queued = JSON.stringify(world.queue);
    await world.collect();
    await world.pass(10_000);
    const everything = [queued, JSON.stringify(world.klaviyo.requests()), world.output.join()];
    expect([
      world.klaviyo.state().events.length,
      everything.filter((text) => ips.some((ip) => text.includes(ip))),
    ]).toEqual([3, []]);
  });

  it('of somebody who refused is not told beside an order that goes all the same', async () => {
    const world = openWorld();
    const told = { page, userAgent: IPHONE, location: { country: 'AT' }, sessionId: 's-1' };
    const batch = [order('m1', '1', { context: { ...no, ...told } }), order('m2', '2', { context: told })];
    await visit('sk_backend', batch);
    const events = queuedEvents(world.queue);
    expect(events.map(({ id, purpose, location, visit: seen }) => [id, purpose, location, seen?.visit_os])).toEqual([
      ['m1', 'transactional', undefined, undefined],
      ['m2', 'transactional', { country: 'AT' }, 'iOS'],
    ]);
  });

  it('gives Klaviyo the IP address where the configuration says so', async () => {
    const world = openWorld();
    const headers = { 'cf-connecting-ip': '203.0.113.7' };
    await visit('wk_demo', [track('m1')], { headers, config: { enrich: { location: false, ip: true } } });
    expect(queuedEvents(world.queue)).toMatchObject([{ location: { ip: '203.0.113.7' } }]);
  });
});

describe('a bot', () => {
  it('is refused where the configuration drops them; what a back end sends of one is marked', async () => {
    const world = openWorld();
    const config = { enrich: { bots: 'drop', device: false } };
    const headers = { 'user-agent': GOOGLEBOT };
    const forwarded = track('m2', { context: { ...yes, userAgent: GOOGLEBOT } });
    const answers = [
      await visit('wk_demo', [track('m1')], { config, headers }),
      await visit('wk_demo', [track('m1')], { config, headers: { 'user-agent': IPHONE } }),
      await visit('sk_backend', [forwarded], { config, headers }),
    ];
    const events = queuedEvents(world.queue);
    expect([answers.map(({ accepted, rejected }) => [accepted, rejected]), events.map((event) => event.visit)]).toEqual(
      [
        [
          [0, [{ index: 0, id: 'm1', code: 'bot_refused' }]],
          [1, []],
          [1, []],
        ],
        [undefined, { visit_bot: true }],
      ],
    );
  });
});

describe("A European buyer's order", () => {
  const ship = (country: string) => ({ properties: { order_id: '7', total: 20, shipping_address: { country } } });
  /** Orders need a yes like anything else here, and silence is none. */
  const config = { consent: { ...testConfig.consent, server: { transactional: [], unknown: 'refuse' } } };

  it("sent by a back end in the United States is treated by the buyer's region", async () => {
    const world = openWorld();
    const batch = [
      order('eu', '1', { context: {}, ...ship('DE') }),
      order('us', '2', { context: {}, ...ship('US') }),
      order('unknown', '3', { context: {} }),
      order('agreed', '4', { ...ship('DE') }),
    ];
    const { accepted, rejected } = await visit('sk_backend', batch, { cf: virginia, config });
    const events = queuedEvents(world.queue);
    expect([accepted, rejected, events.map(({ id, location }) => [id, location])]).toEqual([
      2,
      [
        { index: 0, id: 'eu', code: 'consent_unknown' },
        { index: 2, id: 'unknown', code: 'consent_unknown' },
      ],
      // And nobody is said to live in the data centre.
      [
        ['us', undefined],
        ['agreed', undefined],
      ],
    ]);
  });

  it('sent by a page is treated by where the edge sees the buyer', async () => {
    openWorld();
    const batch = [order('m1', '1', { context: {}, ...ship('US') })];
    const answers = [await visit('wk_demo', batch, { cf: vienna }), await visit('wk_demo', batch, { cf: virginia })];
    expect(answers.map(({ accepted, rejected }) => [accepted, rejected.map(({ code }) => code)])).toEqual([
      [0, ['consent_unknown']],
      [1, []],
    ]);
  });
});

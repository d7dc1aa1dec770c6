import { expect, it } from 'vitest';
import { OPEN, readStorage, untilSettled, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

const ID = expect.stringMatching(/^\d{28,40}$/);
const MESSAGE_ID = expect.stringMatching(/^\d{28,40}-\d{13}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

it('sends what the proxy expects, the visitor once at the top and the page with each message', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN, '/shoes');
  await page.evaluate(() => {
    history.replaceState(null, '', '/shoes?utm_source=mail&utm_campaign=spring&utm_medium=email');
    window.shop.page('Shoes', { colour: 'red' });
    window.shop.track('Product Viewed', { price: 19.9 });
    return window.shop.flush();
  });
  const search = '?utm_source=mail&utm_campaign=spring&utm_medium=email';
  const shoes = { url: `${shop.origin}/shoes${search}`, path: '/shoes', title: 'Shop', referrer: '' };
  const touch = { ...shoes, timestamp: TIME };
  expect(shop.received.map(({ body }) => body)).toEqual([
    {
      writeKey: 'wk_test',
      sentAt: TIME,
      anonymousId: ID,
      context: {
        library: { name: '@sluice/browser', version: expect.any(String) },
        locale: 'en-US',
        page: shoes,
        firstTouch: touch,
        lastTouch: touch,
        klaviyo: {},
        consent: { categoryPreferences: {} },
        sessionId: ID,
      },
      batch: [
        {
          type: 'page',
          messageId: MESSAGE_ID,
          timestamp: TIME,
          name: 'Shoes',
          properties: { colour: 'red' },
          context: { sessionStart: true },
        },
        {
          type: 'track',
          messageId: MESSAGE_ID,
          timestamp: TIME,
          event: 'Product Viewed',
          properties: { price: 19.9 },
        },
      ],
    },
  ]);
});

it('causes no preflight, and sends cookies with events only, whose answer may bring one', async () => {
  const shop = await visitShop();
  await shop.context.addCookies([{ name: 'session', value: 'secret', url: shop.endpoint }]);
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.track('Cart Viewed');
    return Promise.all([window.shop.flush(), window.shop.subscribe({ email: 'ada@example.com' })]);
  });
  const seen = shop.received.map(({ method, path, headers }) => [
    method,
    path,
    headers['content-type'],
    headers.cookie,
  ]);
  expect(seen.sort()).toEqual([
    ['POST', '/v1/batch', undefined, 'session=secret'],
    ['POST', '/v1/subscribe', undefined, undefined],
  ]);
});

it('sends as soon as flushAt messages wait, long before the interval', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, flushAt: 3, flushIntervalMs: 600_000 });
  await page.evaluate(() => {
    for (const event of ['a', 'b', 'c']) window.shop.track(event);
  });
  await shop.until(1);
  expect(shop.messages().map(({ event }) => event)).toEqual(['a', 'b', 'c']);
});

it('sends after the interval, and not before', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page({ ...OPEN, flushIntervalMs: 60_000 }));
  await page.evaluate(() => window.shop.track('a'));
  await page.clock.fastForward(60_000);
  const [request] = await shop.until(1);
  const waitedMs = Date.parse(request?.body.sentAt) - Date.parse(request?.body.batch[0].timestamp);
  expect(waitedMs).toBeGreaterThanOrEqual(60_000);
});

it('sends as soon as the bytes of a batch wait, and keeps every body within them', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, flushAt: 1000, flushIntervalMs: 600_000, maxBatchBytes: 8192 });
  await page.evaluate(() => {
    // Three bytes a character in UTF-8.
    for (let at = 0; at < 10; at++) window.shop.track(`event ${at}`, { text: '€'.repeat(600) });
    return window.shop.flush();
  });
  await untilSettled(page);
  expect({
    events: shop.messages().map(({ event }) => event),
    isSplit: shop.received.length > 1,
    tooLarge: shop.received.filter(({ bytes }) => bytes > 8192),
  }).toEqual({ events: Array.from({ length: 10 }, (_, at) => `event ${at}`), isSplit: true, tooLarge: [] });
});

it('has every message in storage before it sends anything', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, flushAt: 1 });
  const stored = await page.evaluate(() => {
    window.shop.track('Order Completed', { order_id: 'o-1' });
    return Object.values({ ...localStorage }).filter((text) => text.includes('"o-1"')).length;
  });
  await untilSettled(page);
  expect({ stored, delivered: shop.messages().length }).toEqual({ stored: 1, delivered: 1 });
});

it('removes from storage what the proxy has answered', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  expect(Object.keys(await readStorage(page)).sort()).toEqual(['sluice.wk_test.t']);
});

it('marks the first page view of a session, once over page loads, and again after 30 idle minutes', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  for (const path of ['/one', '/two']) {
    await page.goto(shop.page({ ...OPEN }, path));
    await page.evaluate(() => {
      window.shop.track('a');
      window.shop.page();
      return window.shop.flush();
    });
  }
  await page.clock.fastForward(31 * 60_000);
  await page.evaluate(() => {
    window.shop.page();
    return window.shop.flush();
  });
  const starts = shop.messages().map(({ type, context }) => [type, context?.sessionStart]);
  const sessions = shop.received.map(({ body }) => body.context.sessionId);
  expect({ starts, isSame: sessions[0] === sessions[1], isOther: sessions[1] !== sessions[2] }).toEqual({
    starts: [
      ['track', undefined],
      ['page', true],
      ['track', undefined],
      ['page', undefined],
      ['page', true],
    ],
    isSame: true,
    isOther: true,
  });
});

it('keeps the address that brought the visitor, with its campaign, for the whole session', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    history.replaceState(null, '', '/?utm_source=mail');
    window.shop.page();
    history.replaceState(null, '', '/cart');
    window.shop.track('Cart Viewed');
    return window.shop.flush();
  });
  expect(shop.received.map(({ body }) => [body.context.page.path, new URL(body.context.lastTouch.url).search])).toEqual(
    [
      ['/', '?utm_source=mail'],
      ['/cart', '?utm_source=mail'],
    ],
  );
});

it('returns the same instance for the same write key, and another one for another', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  const same = await page.evaluate(() => [
    window.start({}) === window.shop,
    window.start({ writeKey: 'wk_other' }) === window.shop,
  ]);
  expect(same).toEqual([true, false]);
});

it('drops what cannot be an event, says so, and never throws', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  const dropped = await page.evaluate(async () => {
    const circular: Record<string, unknown> = { price: 1 };
    circular.self = circular;
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    window.shop.track('circular', circular);
    window.shop.track('hostile', hostile);
    window.shop.track('large', { text: 'x'.repeat(40_000) });
    window.shop.track('');
    window.shop.track(7 as unknown as string);
    window.shop.identify(null as unknown as string);
    window.shop.consent(null as unknown as Record<string, boolean>);
    await window.shop.flush();
    return window.dropped.map(({ reason, event }) => [reason, event]);
  });
  expect({ dropped, sent: shop.messages().map(({ event, type, properties }) => [event ?? type, properties]) }).toEqual({
    dropped: [
      ['property_lost', 'circular'],
      ['event_unserialisable', 'hostile'],
      ['event_too_large', 'large'],
    ],
    sent: [
      ['circular', { price: 1 }],
      ['', {}],
      ['track', {}],
      ['identify', undefined],
    ],
  });
});

it('survives a listener that throws', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    const other = window.start({
      writeKey: 'wk_other',
      requiredCategories: [],
    });
    other.on('dropped', () => {
      throw new Error('no');
    });
    other.on('delivered', () => {
      throw new Error('no');
    });
    other.track('large', { text: 'x'.repeat(40_000) });
    other.track('a');
    return other.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['a']);
});

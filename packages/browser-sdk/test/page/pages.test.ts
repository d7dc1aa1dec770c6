import { expect, it } from 'vitest';
import { OPEN, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

type Shop = Awaited<ReturnType<typeof visitShop>>;

/** Path and fragment, title and referrer of every page view that arrived, without the shop's origin. */
const viewsOf = ({ received, origin }: Shop) =>
  received.flatMap(({ body }) =>
    body.batch
      .filter(({ type }: { type: string }) => type === 'page')
      .map(() => {
        const { url, title, referrer } = body.context.page;
        return [
          url.replace(origin, '').replace(/\?[^#]*/, ''),
          title,
          referrer.replace(origin, '').replace(/\?.*/, ''),
        ];
      }),
  );

async function untilViews(shop: Shop, count: number) {
  while (viewsOf(shop).length < count) await shop.until(shop.received.length + 1);
}

it('records the page that was loaded by itself, once, beside what the page records', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, pageViews: 'auto' }, '/shoes');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await page.evaluate(() => {
    window.start({ pageViews: 'auto' });
    window.shop.track('Product Viewed');
    return window.shop.flush();
  });
  expect(shop.messages().map(({ type, event }) => event ?? type)).toEqual(['page', 'Product Viewed']);
});

it.each([
  ['the Navigation API', false],
  ['history alone', true],
])(
  'follows a single-page shop by %s, each page with its title and the one before it as referrer',
  async (_by, isOld) => {
    const shop = await visitShop();
    if (isOld)
      await shop.context.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
    const page = await shop.open({ ...OPEN, pageViews: 'auto' }, '/one');
    await page.evaluate(async () => {
      const settle = () => new Promise((resolve) => setTimeout(resolve, 1));
      await settle();
      history.pushState(null, '', '/two');
      document.title = 'Two';
      await settle();
      history.replaceState({ scroll: 1 }, '', '/two#reviews');
      await settle();
      history.pushState(null, '', '/three');
      document.title = 'Three';
      await settle();
      window.shop.flush();
    });
    await untilViews(shop, 3);
    await page.evaluate(() => {
      document.title = 'Two again';
      history.back();
    });
    await untilViews(shop, 4);
    expect(viewsOf(shop)).toEqual([
      ['/one', 'Shop', ''],
      ['/two', 'Two', '/one'],
      ['/three', 'Three', '/two'],
      ['/two', 'Two again', '/three'],
    ]);
  },
);

it('takes what follows # for the page where the shop routes by it', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, pageViews: 'hash' }, '/app');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1)));
  await page.evaluate(() => {
    location.hash = '#/cart';
  });
  await untilViews(shop, 2);
  expect(viewsOf(shop).map(([url]) => url)).toEqual(['/app', '/app#/cart']);
});

it('counts a page view once when StrictMode runs its effect twice, and twice when the visitor comes back to it', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(async () => {
    window.shop.page('Home');
    window.shop.page('Home');
    await new Promise((resolve) => setTimeout(resolve));
    window.shop.page('Home');
    await window.shop.flush();
  });
  expect(shop.messages().map(({ name }) => name)).toEqual(['Home', 'Home']);
});

it('records nothing of a page that is rendered ahead before it is shown', async () => {
  const shop = await visitShop();
  await shop.context.addInitScript(() =>
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true }),
  );
  const page = await shop.open(OPEN);
  const before = await page.evaluate(async () => {
    window.shop.page('Home');
    await window.shop.flush();
    return Object.values(localStorage).filter((text) => text.includes('Home')).length;
  });
  const requests = shop.received.length;
  await page.evaluate(() => {
    Object.defineProperty(document, 'prerendering', { value: false });
    document.dispatchEvent(new Event('prerenderingchange'));
    return window.shop.flush();
  });
  expect([before, requests, shop.messages().map(({ name }) => name)]).toEqual([0, 0, ['Home']]);
});

it('leaves Active on Site and Viewed Product to klaviyo.js where that is on the page, and says so', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  const dropped = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.src = 'https://static.klaviyo.example/onsite/js/EMULAT/klaviyo.js';
    document.head.append(script);
    window.shop.page('Home');
    window.shop.track('Product Viewed');
    window.shop.track('Product Added');
    await window.shop.flush();
    return window.dropped.map(({ reason, event }) => [reason, event]);
  });
  const sent = shop.messages().map(({ event, name, context }) => [event ?? name, context?.sessionStart]);
  expect({ dropped, sent }).toEqual({
    dropped: [['klaviyo_present', 'Product Viewed']],
    sent: [
      ['Home', undefined],
      ['Product Added', undefined],
    ],
  });
});

it("keeps the address of a mail's link for later pages, and hands on klaviyo.js's cookie: the proxy finds the exchange id", async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    history.replaceState(null, '', '/?_kx=kx-link');
    window.shop.track('a');
    history.replaceState(null, '', '/next');
    window.shop.track('b');
    // biome-ignore lint/suspicious/noDocumentCookie: klaviyo.js writes it so.
    document.cookie = '__kla_id=eyJhIjoxfQ%3D%3D';
    return window.shop.flush();
  });
  await page.evaluate(() => {
    window.shop.track('c');
    return window.shop.flush();
  });
  expect(
    shop.received.map(({ body: { batch, context } }) => [
      batch[0].event,
      new URL(context.lastTouch.url).search,
      context.klaviyo,
    ]),
  ).toEqual([
    ['a', '?_kx=kx-link', {}],
    ['b', '?_kx=kx-link', {}],
    ['c', '?_kx=kx-link', { __kla_id: 'eyJhIjoxfQ%3D%3D' }],
  ]);
});

it('takes a newer campaign for a touch, and neither the same one again nor another address for one', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    for (const url of ['/?utm_source=mail', '/a?page=2', '/b?sort=price&utm_source=mail', '/c?gclid=g1']) {
      history.replaceState(null, '', url);
      window.shop.track(url);
    }
    return window.shop.flush();
  });
  const touches = shop.received.map(({ body: { context } }) =>
    [context.firstTouch, context.lastTouch].map(({ url }) => new URL(url).pathname),
  );
  expect(touches).toEqual([
    ['/', '/'],
    ['/', '/'],
    ['/', '/'],
    ['/', '/c'],
  ]);
});

it('keeps what first led to the shop, and what did so in this session', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page(OPEN));
  await page.evaluate(() => {
    history.replaceState(null, '', '/?utm_source=mail&gclid=g1');
    window.shop.track('a');
    return window.shop.flush();
  });
  await page.clock.fastForward(31 * 60_000);
  await page.evaluate(() => {
    history.replaceState(null, '', '/later');
    window.shop.track('b');
    return window.shop.flush();
  });
  const touches = shop.received.map(({ body: { context } }) =>
    [context.firstTouch, context.lastTouch].map(({ url }) => url.replace(shop.origin, '')),
  );
  expect(touches).toEqual([
    ['/?utm_source=mail&gclid=g1', '/?utm_source=mail&gclid=g1'],
    ['/?utm_source=mail&gclid=g1', '/later'],
  ]);
});

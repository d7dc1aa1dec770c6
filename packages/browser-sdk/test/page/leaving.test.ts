import { expect, it } from 'vitest';
import { OPEN, setHidden, untilSettled, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

const SLOW = { ...OPEN, flushIntervalMs: 600_000 };

it('loses nothing when the visitor navigates right after an event', async () => {
  const shop = await visitShop();
  const page = await shop.open(SLOW);
  const next = shop.page(SLOW, '/next');
  await page.evaluate((url) => {
    window.shop.track('Product Clicked');
    location.href = url;
  }, next);
  await shop.until(1);
  await page.waitForURL(next);
  expect(shop.messages().map(({ event }) => event)).toEqual(['Product Clicked']);
});

it('sends again on the next page, under the same id, what left without an answer', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page(SLOW));
  shop.replies.push({ breaks: true });
  await page.evaluate(() => window.shop.track('Product Clicked'));
  await page.goto(shop.page(SLOW, '/next'));
  await shop.until(1);
  await page.clock.fastForward(20_000);
  await shop.until(2);
  await untilSettled(page);
  const sent = shop.messages().map(({ messageId }) => messageId);
  expect({ times: sent.length, distinct: new Set(sent).size }).toEqual({ times: 2, distinct: 1 });
});

it('does not repeat on the next page what left a moment ago', async () => {
  const shop = await visitShop();
  const page = await shop.open(SLOW);
  await page.evaluate(() => window.shop.track('Product Clicked'));
  await page.goto(shop.page(SLOW, '/next'));
  await shop.until(1);
  await page.evaluate(() => {
    window.shop.track('Product Viewed');
    return window.shop.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['Product Clicked', 'Product Viewed']);
});

it('sends what is waiting when the tab is closed', async () => {
  const shop = await visitShop();
  await shop.open(SLOW, '/other-tab-keeps-the-browser-open');
  const page = await shop.open(SLOW);
  await page.evaluate(() => window.shop.track('a'));
  await page.close({ runBeforeUnload: true });
  await shop.until(1);
  expect(shop.messages().map(({ event }) => event)).toEqual(['a']);
});

it('sends what is waiting when the tab is hidden, at once and only once', async () => {
  const shop = await visitShop();
  const page = await shop.open(SLOW);
  await page.evaluate(() => {
    window.shop.track('a');
    window.shop.track('b');
  });
  await setHidden(page, true);
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  await shop.until(1);
  await untilSettled(page);
  expect(shop.messages().map(({ event }) => event)).toEqual(['a', 'b']);
});

it('stays within the keepalive budget when leaving, and delivers the rest on the next page', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...SLOW, flushAt: 1000, maxBatchBytes: 60_000 });
  await page.evaluate(async () => {
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    for (let at = 0; at < 30; at++) window.shop.track(`event ${at}`, { text: 'x'.repeat(4000) });
    // So many bytes started a flush, which may wait for the lock; it must not send what the page is to leave with.
    await window.shop.flush();
    Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
  });
  let release = () => {};
  shop.replies.push({
    after: new Promise<void>((resolve) => {
      release = resolve;
    }),
  });
  await setHidden(page, true);
  await shop.until(1);
  // What a page sends when it is left is not compressed: there is no time for it.
  const leftWith = shop.received.reduce((sum, { bytes, wireBytes }) => sum + (bytes === wireBytes ? bytes : 0), 0);
  release();
  await page.goto(shop.page(SLOW, '/next'));
  await untilEvents(shop, 30);
  const events = new Set(shop.messages().map(({ event }) => event));
  expect({ isWithin: leftWith <= 65_536, delivered: events.size }).toEqual({ isWithin: true, delivered: 30 });
});

async function untilEvents(shop: Awaited<ReturnType<typeof visitShop>>, count: number) {
  while (new Set(shop.messages().map(({ event }) => event)).size < count) await shop.until(shop.received.length + 1);
}

it('falls back to a beacon where fetch knows no keepalive', async () => {
  const shop = await visitShop();
  const page = await shop.open(SLOW);
  await page.evaluate(() => {
    // @ts-expect-error as in older Firefox
    delete Request.prototype.keepalive;
    window.shop.track('a');
  });
  await page.goto('about:blank');
  const [request] = await shop.until(1);
  expect([request?.body.batch[0].event, request?.headers['content-type']]).toEqual(['a', 'text/plain;charset=UTF-8']);
});

it('sends each message once when several tabs flush at the same moment', async () => {
  const shop = await visitShop();
  const pages = [await shop.open(SLOW, '/one'), await shop.open(SLOW, '/two'), await shop.open(SLOW, '/three')];
  for (const [at, page] of pages.entries()) {
    await page.evaluate((tab) => {
      for (let n = 0; n < 5; n++) window.shop.track(`${tab}-${n}`);
    }, at);
  }
  await Promise.all(pages.map((page) => page.evaluate(() => window.shop.flush())));
  const sent = shop.messages().map(({ messageId }) => messageId);
  expect({ times: sent.length, distinct: new Set(sent).size }).toEqual({ times: 15, distinct: 15 });
});

it('leaves to a tab what that tab is sending, also without Web Locks', async () => {
  const shop = await visitShop();
  await shop.context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  const [one, two] = [await shop.open(SLOW, '/one'), await shop.open(SLOW, '/two')];
  let release = () => {};
  shop.replies.push({
    after: new Promise<void>((resolve) => {
      release = resolve;
    }),
  });
  await one.evaluate(() => {
    window.shop.track('first');
    window.shop.flush();
  });
  await shop.until(1);
  await two.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('.t.')));
  await two.evaluate(() => {
    window.shop.track('second');
    return window.shop.flush();
  });
  release();
  await untilSettled(one);
  expect(shop.messages().map(({ event }) => event)).toEqual(['first', 'second']);
});

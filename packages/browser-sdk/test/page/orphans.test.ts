import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPEN, openFrozen, setHidden, untilSettled, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

const SLOW = { ...OPEN, flushIntervalMs: 600_000 };

const idsOf = (messages: { messageId: string }[]) => messages.map(({ messageId }) => messageId);

/** Ends the tab's process: no handler runs. */
async function kill(page: Page) {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise<void>((resolve) => page.once('crash', () => resolve()));
  // Its answer never comes.
  session.send('Page.crash').catch(() => {});
  await crashed;
}

it('sends what a killed tab has left from a tab that lives on, as soon as that is looked at', async () => {
  const shop = await visitShop();
  const [dying, living] = [await shop.open(SLOW, '/dying'), await shop.open(SLOW, '/living')];
  await dying.evaluate(() => window.shop.track('Order Completed', { order_id: 'o-1' }));
  await living.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('.t.')));
  await kill(dying);
  await setHidden(living, false);
  await shop.until(1);
  await untilSettled(living);
  expect(shop.messages().map(({ event }) => event)).toEqual(['Order Completed']);
});

it('takes what a page that was still there at the first look has left, 20 seconds later and without another event', async () => {
  const shop = await visitShop();
  const dying = await shop.open(SLOW, '/dying');
  await dying.evaluate(() => window.shop.track('Order Completed', { order_id: 'o-1' }));
  const next = await openFrozen(shop.context);
  await next.goto(shop.page(SLOW, '/next'));
  await next.evaluate(() => window.shop.flush());
  // Asked for in vain: the lock is still held.
  await next.waitForFunction(async () => (await navigator.locks.query()).pending?.length === 0);
  await kill(dying);
  // The clock is every tab's, and a dead one cannot move it.
  await dying.close();
  await next.waitForFunction(async () => (await navigator.locks.query()).held?.length === 0);
  await next.clock.fastForward(19_000);
  await next.evaluate(() => window.shop.flush());
  const early = shop.received.length;
  await next.clock.fastForward(1000);
  await shop.until(1);
  await untilSettled(next);
  expect({ early, sent: shop.messages().map(({ event }) => event) }).toEqual({ early: 0, sent: ['Order Completed'] });
});

it("leaves a living tab's messages to that tab, however long they wait", async () => {
  const shop = await visitShop();
  const one = await shop.open(SLOW, '/one');
  await one.evaluate(() => window.shop.track('a'));
  const two = await shop.context.newPage();
  await two.clock.install();
  await two.goto(shop.page(SLOW, '/two'));
  await two.clock.fastForward(60_000);
  await setHidden(two, false);
  await two.evaluate(() => {
    window.shop.track('b');
    return window.shop.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['b']);
});

it('does not send again what left with a page once the next request is answered well', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page(SLOW));
  // Answered, but to nobody: the page is gone.
  let release = () => {};
  shop.replies.push({
    after: new Promise<void>((resolve) => {
      release = resolve;
    }),
  });
  await page.evaluate(() => window.shop.track('a'));
  await page.goto(shop.page(SLOW, '/next'));
  await shop.until(1);
  release();
  await page.evaluate(() => {
    window.shop.track('b');
    return window.shop.flush();
  });
  await untilSettled(page);
  await page.clock.fastForward(60_000);
  await page.evaluate(() => window.shop.flush());
  expect(shop.messages().map(({ event }) => event)).toEqual(['a', 'b']);
});

it('sends again under the same id what left with a page when the next request fails', async () => {
  const shop = await visitShop();
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page(SLOW));
  shop.replies.push({ status: 503 }, { status: 503 });
  await page.evaluate(() => window.shop.track('a'));
  await page.goto(shop.page(SLOW, '/next'));
  await shop.until(1);
  await page.evaluate(() => {
    window.shop.track('b');
    return window.shop.flush();
  });
  await page.clock.fastForward(30_000);
  await untilSettled(page);
  const ids = idsOf(shop.messages());
  expect({ sent: ids.length, distinct: new Set(ids).size }).toEqual({ sent: 4, distinct: 2 });
});

it('without Web Locks a loaded page takes what is older than 20 seconds, and nothing younger', async () => {
  const shop = await visitShop();
  await shop.context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  const page = await shop.context.newPage();
  await page.clock.install();
  await page.goto(shop.page(SLOW));
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    window.shop.track('a');
  });
  await page.goto(shop.page(SLOW, '/soon'));
  await page.evaluate(() => window.shop.flush());
  const soon = shop.received.length;
  await page.clock.fastForward(20_000);
  await page.goto(shop.page(SLOW, '/later'));
  await shop.until(1);
  await untilSettled(page);
  expect({ soon, sent: shop.messages().map(({ event }) => event) }).toEqual({ soon: 0, sent: ['a'] });
});

it('works where asking for a lock is refused', async () => {
  const shop = await visitShop();
  await shop.context.addInitScript(() => {
    navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['a']);
});

it('sends from the back/forward cache what nobody has sent meanwhile, and counts the page again', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, pageViews: 'auto' });
  await shop.until(1);
  await untilSettled(page);
  await page.evaluate(async () => {
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    window.shop.track('a');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    // A page that holds a lock is not kept for the back button.
    while ((await navigator.locks.query()).held?.length);
    Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await page.evaluate(() => window.shop.flush());
  await shop.until(2);
  await untilSettled(page);
  const names = shop.messages().map(({ event, type }) => event ?? type);
  expect([names[0], names.slice(1).sort()]).toEqual(['page', ['a', 'page']]);
});

it('drops nothing of its own for what earlier pages have left behind, though that is more than one page may store', async () => {
  const shop = await visitShop();
  await shop.context.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: false }));
  const page = await shop.open(SLOW);
  const record = (events: number) =>
    page.evaluate((times) => {
      for (let at = 0; at < times; at++) window.shop.track('Product Viewed');
      return window.shop.flush();
    }, events);
  await record(900);
  await page.goto(shop.page(SLOW, '/next'));
  await record(900);
  const { dropped, stored } = await page.evaluate(() => ({
    dropped: window.dropped.length,
    stored: Object.keys(localStorage).filter((key) => key.includes('.t.')).length,
  }));
  expect({ dropped, stored }).toEqual({ dropped: 0, stored: 1800 });
});

it('drops page views before orders when storage is full of its own messages, and says so', async () => {
  const shop = await visitShop();
  const page = await shop.open(SLOW);
  const { dropped, orders } = await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    const text = 'x'.repeat(30_000);
    for (let at = 0; at < 150; at++) window.shop.page(`page ${at}`, { text });
    for (let at = 0; at < 40; at++) window.shop.track('Order Completed', { order_id: `${at}`, text });
    const stored = Object.entries({ ...localStorage }).filter(([key]) => key.includes('.t.'));
    return {
      dropped: window.dropped.map(({ reason }) => reason),
      orders: stored.filter(([, it]) => it.includes('"order_id"')).length,
    };
  });
  expect({ reasons: [...new Set(dropped)], orders }).toEqual({ reasons: ['queue_full'], orders: 40 });
});

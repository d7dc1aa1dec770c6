import { expect, it } from 'vitest';
import {
  FROZEN_MS,
  OPEN,
  openFrozen,
  readStorage,
  setHidden,
  untilReleased,
  untilSettled,
  useChromium,
  visitShop,
} from '../support/visitShop.ts';

useChromium();

const idsOf = (received: { body: { batch: { messageId: string }[] } }[]) =>
  received.map(({ body }) => body.batch.map(({ messageId }) => messageId));

it.each([500, 503, 408, 429, 401, 403])(
  'keeps the batch on %i and sends it again with the same ids',
  async (status) => {
    const shop = await visitShop();
    const page = await openFrozen(shop.context);
    await page.goto(shop.page(OPEN));
    // Without `close`, Chromium itself repeats a request that a kept connection answers with 408.
    const headers = { connection: 'close' };
    shop.replies.push({ status, headers }, { status, headers });
    await page.evaluate(() => {
      window.shop.track('a');
      window.shop.track('b');
      return window.shop.flush();
    });
    await page.clock.fastForward(1000);
    await shop.until(2);
    await untilReleased(page);
    await page.clock.fastForward(2000);
    const ids = idsOf(await shop.until(3));
    await untilSettled(page);
    expect({ tries: ids.length, sizes: ids.map((all) => all.length), distinct: new Set(ids.flat()).size }).toEqual({
      tries: 3,
      sizes: [2, 2, 2],
      distinct: 2,
    });
  },
);

it('keeps the batch when the connection breaks', async () => {
  const shop = await visitShop();
  const page = await openFrozen(shop.context);
  await page.goto(shop.page(OPEN));
  shop.replies.push({ breaks: true });
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  await page.clock.fastForward(1000);
  const [first, second] = idsOf(await shop.until(2));
  expect(second).toEqual(first);
});

it.each([
  ['seconds', '120'],
  ['a date', new Date(FROZEN_MS + 120_000).toUTCString()],
])('waits for a Retry-After in %s, even over a page load', async (_form, header) => {
  const shop = await visitShop();
  const page = await openFrozen(shop.context);
  await page.goto(shop.page(OPEN));
  shop.replies.push({ status: 429, headers: { 'retry-after': header } });
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  await page.goto(shop.page(OPEN, '/next'));
  await setHidden(page, true);
  await setHidden(page, false);
  await page.evaluate(() => window.shop.flush());
  await page.clock.fastForward(121_000);
  const [first, second] = await shop.until(2);
  const waitedMs = Date.parse(second?.body.sentAt) - Date.parse(first?.body.sentAt);
  expect({ isLong: waitedMs >= 120_000, requests: shop.received.length }).toEqual({ isLong: true, requests: 2 });
});

it('makes no request while offline, and sends at once when online again', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, flushAt: 1 });
  const tried: string[] = [];
  page.on('request', (request) => tried.push(request.url()));
  await shop.context.setOffline(true);
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  const whileOffline = [...tried];
  await shop.context.setOffline(false);
  await shop.until(1);
  await untilSettled(page);
  expect({ whileOffline, sent: shop.messages().map(({ event }) => event) }).toEqual({ whileOffline: [], sent: ['a'] });
});

it('tries again when the tab becomes visible', async () => {
  const shop = await visitShop();
  // Nothing but the event can start the second try.
  const page = await openFrozen(shop.context);
  await page.goto(shop.page(OPEN));
  shop.replies.push({ status: 500 });
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  await setHidden(page, false);
  const [first, second] = idsOf(await shop.until(2));
  expect(second).toEqual(first);
});

it('sends on the next page load what the last one could not', async () => {
  const shop = await visitShop();
  // The first page must not try again itself, least of all while it is left.
  const page = await openFrozen(shop.context);
  await page.goto(shop.page(OPEN));
  shop.replies.push({ status: 500 });
  await page.evaluate(() => {
    window.shop.track('a');
    return window.shop.flush();
  });
  await page.goto(shop.page(OPEN, '/next'));
  const [first, second] = idsOf(await shop.until(2));
  await untilSettled(page);
  expect(second).toEqual(first);
});

it.each([
  [400, { error: { code: 'body_malformed', message: '' } }, 'body_malformed'],
  [404, 'not what was expected', 'http_404'],
  [413, { error: { code: 'body_too_large', message: '' } }, 'body_too_large'],
])('drops the batch on %i and reports each message', async (status, body, reason) => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  shop.replies.push({ status, body });
  const dropped = await page.evaluate(async () => {
    window.shop.track('a');
    window.shop.page('Home');
    await window.shop.flush();
    return window.dropped;
  });
  const [a, home] = shop.messages();
  expect({ dropped, left: Object.keys(await readStorage(page)).filter((key) => key.includes('.t.')) }).toEqual({
    dropped: [
      { reason, messageId: a.messageId, event: 'a' },
      { reason, messageId: home.messageId, event: 'Home' },
    ],
    left: [],
  });
});

it('reports what the proxy rejected, by its code, and does not send it again', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, debug: true });
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  shop.replies.push({ body: { accepted: 1, rejected: [{ index: 1, id: 'x', code: 'event_invalid', path: 'event' }] } });
  const dropped = await page.evaluate(async () => {
    window.shop.track('good');
    window.shop.track('bad');
    await window.shop.flush();
    await window.shop.flush();
    return window.dropped;
  });
  expect({ dropped, requests: shop.received.length, warned: warnings.length }).toEqual({
    dropped: [{ reason: 'event_invalid', messageId: shop.messages()[1].messageId, event: 'bad' }],
    requests: 1,
    warned: 2,
  });
});

import { expect, it } from 'vitest';
import { readStorage, untilSettled, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

it('signs up without tracking consent, and then carries no anonymous id', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  const result = await page.evaluate(() => {
    window.shop.consent({ marketing: false });
    return window.shop.subscribe({
      email: 'ada@example.com',
      channels: ['email'],
      lists: ['DEMO01'],
      profile: { firstName: 'Ada' },
      evidence: { formText: 'Send me news', formVersion: '3' },
    });
  });
  const url = shop.page();
  expect({
    result,
    sent: shop.received.map(({ path, body }) => [path, body]),
    stored: await readStorage(page),
  }).toEqual({
    result: { ok: true, status: 'accepted' },
    sent: [
      [
        '/v1/subscribe',
        {
          writeKey: 'wk_test',
          messageId: expect.any(String),
          sentAt: expect.any(String),
          email: 'ada@example.com',
          channels: ['email'],
          lists: ['DEMO01'],
          profile: { firstName: 'Ada' },
          evidence: { formText: 'Send me news', formVersion: '3', page: url },
          context: { consent: { categoryPreferences: { marketing: false } } },
        },
      ],
    ],
    stored: {},
  });
});

it('carries the anonymous id when tracking is granted', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  const id = await page.evaluate(async () => {
    window.shop.consent({ marketing: true });
    await window.shop.subscribe({ phone: '+15005550006' });
    return window.shop.anonymousId();
  });
  expect(shop.received.map(({ body }) => [body.phone, body.anonymousId])).toEqual([['+15005550006', id]]);
});

it.each([
  [422, { error: { code: 'email_invalid', message: 'no such domain' } }, 'email_invalid', 'no such domain'],
  [403, { error: { code: 'reoptin_unconfirmed', message: 'no' } }, 'reoptin_unconfirmed', 'no'],
  [404, null, 'http_404', ''],
])('resolves with the code when the proxy refuses with %i', async (status, body, code, message) => {
  const shop = await visitShop();
  const page = await shop.open();
  shop.replies.push({ status, body });
  const result = await page.evaluate(() => window.shop.subscribe({ email: 'ada@example.com' }));
  expect({ result, stored: await readStorage(page) }).toEqual({ result: { ok: false, code, message }, stored: {} });
});

it('signs off in every consent state', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  const result = await page.evaluate(() => window.shop.unsubscribe({ email: 'ada@example.com', channels: ['email'] }));
  expect({ result, sent: shop.received.map(({ path, body }) => [path, body]) }).toEqual({
    result: { ok: true, status: 'accepted' },
    sent: [
      [
        '/v1/unsubscribe',
        {
          writeKey: 'wk_test',
          messageId: expect.any(String),
          sentAt: expect.any(String),
          email: 'ada@example.com',
          channels: ['email'],
          context: { consent: { categoryPreferences: {} } },
        },
      ],
    ],
  });
});

it('keeps a sign-up made offline, and resolves when it was answered', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await shop.context.setOffline(true);
  await page.evaluate(() => {
    Object.assign(window, { result: window.shop.subscribe({ email: 'ada@example.com' }) });
  });
  const stored = Object.keys(await readStorage(page)).length;
  await shop.context.setOffline(false);
  const result = await page.evaluate(() => (window as { result?: unknown }).result);
  expect({ stored, result }).toEqual({ stored: 1, result: { ok: true, status: 'accepted' } });
});

it('retries with the same id after a failure', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  shop.replies.push({ status: 503 });
  const result = await page.evaluate(() => window.shop.subscribe({ email: 'ada@example.com' }));
  const ids = shop.received.map(({ body }) => body.messageId);
  expect({ result, times: ids.length, distinct: new Set(ids).size }).toEqual({
    result: { ok: true, status: 'accepted' },
    times: 2,
    distinct: 1,
  });
});

it('sends after a page load what the last page could not, even with tracking denied', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await page.evaluate(() => {
    window.shop.consent({ marketing: false });
    Object.defineProperty(navigator, 'onLine', { value: false });
    window.shop.subscribe({ email: 'ada@example.com' });
  });
  await page.goto(shop.page({}, '/next'));
  await shop.until(1);
  await untilSettled(page);
  expect(shop.received.map(({ body }) => body.email)).toEqual(['ada@example.com']);
});

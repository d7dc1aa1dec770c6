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
          timestamp: expect.any(String),
          email: 'ada@example.com',
          channels: ['email'],
          lists: ['DEMO01'],
          profile: { firstName: 'Ada' },
          evidence: { formText: 'Send me news', formVersion: '3', page: url },
          context: {
            page: { url, path: '/', title: 'Shop', referrer: '', search: new URL(url).search },
            consent: { categoryPreferences: { marketing: false } },
            locale: 'en-US',
          },
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
  [404, null, 'http_404', ''],
])('resolves with the code when the proxy refuses with %i', async (status, body, code, message) => {
  const shop = await visitShop();
  const page = await shop.open();
  shop.replies.push({ status, body });
  const result = await page.evaluate(() => window.shop.subscribe({ email: 'ada@example.com' }));
  expect({ result, stored: await readStorage(page) }).toEqual({ result: { ok: false, code, message }, stored: {} });
});

it('refuses a request without an address itself', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  const results = await page.evaluate(() =>
    Promise.all([{}, null, { email: '' }].map((it) => window.shop.subscribe(it as { email: string }))),
  );
  expect({ codes: results.map((it) => !it.ok && it.code), requests: shop.received.length }).toEqual({
    codes: ['email_invalid', 'email_invalid', 'email_invalid'],
    requests: 0,
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

it('resolves in the tab that asked when another tab got the answer', async () => {
  const shop = await visitShop();
  const asking = await shop.open({}, '/asking');
  const helping = await shop.open({}, '/helping');
  await asking.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    Object.assign(window, { result: window.shop.subscribe({ email: 'ada@example.com' }) });
  });
  // What one tab stores reaches the process of another a moment later.
  await helping.waitForFunction(() => Object.keys(localStorage).some((key) => /\.s\d/.test(key)));
  await helping.evaluate(() => window.shop.flush());
  const result = await asking.evaluate(() => (window as { result?: unknown }).result);
  expect({ result, requests: shop.received.length }).toEqual({
    result: { ok: true, status: 'accepted' },
    requests: 1,
  });
});

import { expect, it } from 'vitest';
import { OPEN, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

it('works in a sandboxed frame, where naming localStorage throws and there are no locks', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(
    (url) => {
      const frame = document.createElement('iframe');
      frame.sandbox.add('allow-scripts');
      frame.src = url;
      document.body.append(frame);
      return new Promise((resolve) => frame.addEventListener('load', resolve));
    },
    shop.page(OPEN, '/frame'),
  );
  const frame = page.frames()[1];
  await frame?.evaluate(() => {
    window.shop.page();
    window.shop.track('a');
    return window.shop.flush();
  });
  expect(shop.received.map(({ headers, body }) => [headers.origin, body.batch.length])).toEqual([['null', 2]]);
});

it('keeps in memory what a full storage does not take', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        localStorage.setItem(`shop's own ${size}`, 'x'.repeat(size));
      } catch {
        // That much no longer fits; half of it may.
      }
    }
    window.shop.track('a');
    window.shop.track('b');
    return window.shop.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['a', 'b']);
});

it('loses a damaged entry only, reports it, and delivers the others', async () => {
  const shop = await visitShop();
  const page = await shop.open({ ...OPEN, flushIntervalMs: 600_000 });
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    for (const event of ['a', 'b', 'c']) window.shop.track(event);
  });
  // A page of another source does the damage, and itself touches none of it.
  await page.goto(shop.page({ writeKey: 'wk_other' }));
  const damagedId = await page.evaluate(() => {
    const [, second = ''] = Object.keys({ ...localStorage })
      .filter((key) => key.includes('.t.'))
      .sort();
    localStorage.setItem(second, localStorage.getItem(second)?.slice(0, -5) ?? '');
    localStorage.setItem('sluice.wk_test.t.x', 'nonsense');
    localStorage.setItem('sluice.wk_test.t', '"nonsense');
    localStorage.setItem('sluice.wk_test.r', '99999999999999999');
    return second.split('.').pop();
  });
  await page.goto(shop.page(OPEN, '/next'));
  await shop.until(1);
  await page.evaluate(() => {
    window.shop.track('d');
    return window.shop.flush();
  });
  const dropped = await page.evaluate(() => window.dropped);
  expect({ sent: shop.messages().map(({ event }) => event), dropped }).toEqual({
    sent: ['a', 'c', 'd'],
    dropped: [
      { reason: 'storage_corrupt', messageId: damagedId },
      { reason: 'storage_corrupt', messageId: expect.any(String) },
    ],
  });
});

it('keeps 1,000 undelivered messages and gives up page views first', async () => {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  const dropped = await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    for (let at = 0; at < 10; at++) window.shop.page(`page ${at}`);
    for (let at = 0; at < 1001; at++) window.shop.track(`event ${at}`);
    return window.dropped.map(({ reason }) => reason);
  });
  const stored = await page.evaluate(() => Object.keys({ ...localStorage }).filter((key) => key.includes('.t.')));
  expect({ dropped: dropped.length, reasons: [...new Set(dropped)], stored: stored.length }).toEqual({
    dropped: 11,
    reasons: ['queue_full'],
    stored: 1000,
  });
});

it('takes a damaged decision for none', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await page.evaluate(() => localStorage.setItem('sluice.consent', '{"marketing":tr'));
  await page.goto(shop.page({}, '/next'));
  expect(await page.evaluate(() => window.shop.consentState())).toBe('unknown');
});

it('sends what the script before this one has stored, and goes on with its visitor', async () => {
  const shop = await visitShop();
  const page = await shop.open({ writeKey: 'wk_other' });
  const [id, messageId] = ['1'.repeat(40), `${'2'.repeat(40)}-mh0abcde`];
  await page.evaluate(
    ([anonymousId, oldId]) => {
      const head = { anonymousId, context: { sessionId: anonymousId, campaign: { source: 'mail' } } };
      const message = { type: 'track', messageId: oldId, event: 'old', properties: {} };
      localStorage.setItem('sluice.wk_test.t', `${JSON.stringify(head)}\n${JSON.stringify({ seenAtMs: Date.now() })}`);
      localStorage.setItem(`sluice.wk_test.t.${oldId}`, `${JSON.stringify(head)}\n${JSON.stringify(message)}`);
    },
    [id, messageId] as const,
  );
  await page.goto(shop.page(OPEN, '/next'));
  await shop.until(1);
  await page.evaluate(() => {
    window.shop.track('new');
    return window.shop.flush();
  });
  expect(shop.received.map(({ body }) => [body.anonymousId, body.context.sessionId, body.batch[0].event])).toEqual([
    [id, id, 'old'],
    [id, id, 'new'],
  ]);
});

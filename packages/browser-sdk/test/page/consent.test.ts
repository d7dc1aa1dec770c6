import { expect, it } from 'vitest';
import { readStorage, untilSettled, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

it('stores and sends nothing while the visitor has not decided', async () => {
  const shop = await visitShop();
  const page = await shop.open({ flushAt: 1 });
  const state = await page.evaluate(async () => {
    window.shop.page();
    window.shop.identify('user-7', { email: 'ada@example.com' });
    await window.shop.flush();
    return [window.shop.consentState(), window.shop.anonymousId(), localStorage.length, document.cookie];
  });
  expect({ state, requests: shop.received.length }).toEqual({ state: ['unknown', null, 0, ''], requests: 0 });
});

it('sends what was held once all required categories are granted, with the decision', async () => {
  const shop = await visitShop();
  const page = await shop.open({ requiredCategories: ['marketing', 'analytics'] });
  const states = await page.evaluate(async () => {
    window.shop.page('Home');
    window.shop.track('Product Viewed');
    window.shop.consent({ marketing: true });
    const half = window.shop.consentState();
    window.shop.consent({ analytics: true });
    return [half, window.shop.consentState()];
  });
  const [request] = await shop.until(1);
  await untilSettled(page);
  expect({
    states,
    sent: request?.body.batch.map(({ type }: { type: string }) => type),
    consent: request?.body.context.consent,
    isSameVisitor: request?.body.anonymousId === (await page.evaluate(() => window.shop.anonymousId())),
  }).toEqual({
    states: ['unknown', 'granted'],
    sent: ['page', 'track'],
    consent: { categoryPreferences: { marketing: true, analytics: true } },
    isSameVisitor: true,
  });
});

it('sends in one request what was held before it was ready and after', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await page.evaluate(async () => {
    const eager = window.start({ writeKey: 'wk_eager' });
    eager.track('before');
    await eager.flush();
    eager.track('after');
    eager.consent({ marketing: true });
  });
  const [request] = await shop.until(1);
  expect(request?.body.batch.map(({ event }: { event: string }) => event)).toEqual(['before', 'after']);
});

it('remembers the decision on the next page', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await page.evaluate(() => window.shop.consent({ marketing: true }));
  const id = await page.evaluate(() => window.shop.anonymousId());
  await page.goto(shop.page({}, '/next'));
  const next = await page.evaluate(() => [window.shop.consentState(), window.shop.anonymousId()]);
  expect(next).toEqual(['granted', id]);
});

it('leaves nothing in storage after a refusal, and reports what it deleted', async () => {
  const shop = await visitShop();
  const page = await shop.open({ flushIntervalMs: 600_000 });
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    window.shop.consent({ marketing: true });
    window.shop.track('stored');
  });
  const before = Object.keys(await readStorage(page)).length;
  const result = await page.evaluate(async () => {
    window.shop.consent({ marketing: false });
    window.shop.track('refused');
    window.shop.identify('user-7');
    window.shop.reset();
    await window.shop.flush();
    return [window.shop.consentState(), window.shop.anonymousId(), window.dropped.map(({ reason }) => reason)];
  });
  expect({ before, result, after: await readStorage(page), requests: shop.received.length }).toEqual({
    before: 2,
    result: ['denied', null, ['consent_denied', 'consent_denied', 'consent_denied']],
    after: {},
    requests: 0,
  });
});

it('deletes held messages on a refusal: a later grant does not send them', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  await page.evaluate(async () => {
    window.shop.track('before');
    window.shop.consent({ marketing: false });
    window.shop.consent({ marketing: true });
    window.shop.track('after');
    await window.shop.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['after']);
});

it('does not bring back messages that were refused while they were being sent', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  let release = () => {};
  shop.replies.push({ status: 500, after: new Promise<void>((resolve) => (release = resolve)) });
  await page.evaluate(() => {
    window.shop.consent({ marketing: true });
    window.shop.track('a');
    Object.assign(window, { flushed: window.shop.flush() });
  });
  await shop.until(1);
  await page.evaluate(() => window.shop.consent({ marketing: false }));
  release();
  await page.evaluate(() => (window as { flushed?: Promise<void> }).flushed);
  expect({ stored: await readStorage(page), requests: shop.received.length }).toEqual({ stored: {}, requests: 1 });
});

it('follows a decision made in another tab', async () => {
  const shop = await visitShop();
  const holding = await shop.open({}, '/holding');
  await holding.evaluate(() => window.shop.track('held'));
  const deciding = await shop.open({}, '/deciding');
  await deciding.evaluate(() => window.shop.consent({ marketing: true }));
  await shop.until(1);
  expect(shop.messages().map(({ event }) => event)).toEqual(['held']);
});

it('takes Global Privacy Control as a refusal whatever was granted, and deletes what is stored', async () => {
  const shop = await visitShop();
  const page = await shop.open({ flushIntervalMs: 600_000 });
  await page.evaluate(() => {
    window.shop.consent({ marketing: true });
    Object.defineProperty(navigator, 'onLine', { value: false });
    window.shop.track('stored');
  });
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await page.goto(shop.page({}, '/next'));
  const state = await page.evaluate(async () => {
    window.shop.track('refused');
    window.shop.consent({ marketing: true });
    await window.shop.flush();
    return [window.shop.consentState(), window.shop.anonymousId()];
  });
  expect({ state, stored: await readStorage(page), requests: shop.received.length }).toEqual({
    state: ['denied', null],
    stored: {},
    requests: 0,
  });
});

it('sends before any decision in opt-out mode, and stops at a refusal', async () => {
  const shop = await visitShop();
  const page = await shop.open({ consentMode: 'opt-out' });
  const states = await page.evaluate(async () => {
    window.shop.track('before');
    await window.shop.flush();
    const before = [window.shop.consentState(), typeof window.shop.anonymousId()];
    window.shop.consent({ marketing: false });
    window.shop.track('after');
    await window.shop.flush();
    return [...before, window.shop.consentState(), window.shop.anonymousId()];
  });
  expect({ states, sent: shop.messages().map(({ event }) => event), stored: await readStorage(page) }).toEqual({
    states: ['unknown', 'string', 'denied', null],
    sent: ['before'],
    stored: {},
  });
});

it('holds 100 messages, and gives up the oldest page views first', async () => {
  const shop = await visitShop();
  const page = await shop.open();
  const dropped = await page.evaluate(async () => {
    window.shop.track('Product Added');
    for (let at = 0; at < 60; at++) window.shop.page(`page ${at}`);
    for (let at = 0; at < 41; at++) window.shop.track(`event ${at}`);
    const reasons = window.dropped.map(({ reason }) => reason);
    window.shop.consent({ marketing: true });
    await window.shop.flush();
    return reasons;
  });
  const names = shop.messages().map(({ event, name }) => event ?? name);
  expect({ dropped, held: names.length, first: names.slice(0, 2), last: names.at(-1) }).toEqual({
    dropped: ['queue_full', 'queue_full'],
    held: 100,
    first: ['Product Added', 'page 2'],
    last: 'event 40',
  });
});

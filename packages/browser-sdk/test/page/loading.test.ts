import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

const SCRIPT = 'sluice.min.js';

/** A page as a shop would write it, with an optional content security policy. */
async function openPage(shop: Awaited<ReturnType<typeof visitShop>>, html: string, csp?: string): Promise<Page> {
  shop.pages['/own'] = { html, ...(csp && { csp }) };
  const page = await shop.context.newPage();
  await page.goto(`${shop.origin}/own`);
  return page;
}

const optionsOf = (endpoint: string) => JSON.stringify({ writeKey: 'wk_test', endpoint, requiredCategories: [] });

it('sends the calls that the snippet queued before the script arrived, and those made afterwards', async () => {
  const shop = await visitShop();
  const snippet = (inject('bundles')['snippet.html'] ?? '').replace(/https:\/\/events[^']+\.js/, `/${SCRIPT}`);
  const page = await openPage(
    shop,
    `${snippet.replace(/sluice\.load\([^)]*\)/, `sluice.load(${optionsOf(shop.endpoint)})`)}
    <script>sluice.track('early', { n: 1 })</script>`,
  );
  await page.waitForFunction(() => 'anonymousId' in window.sluice);
  await page.evaluate(() => {
    const sluice = window.sluice as unknown as typeof window.shop & { push(call: unknown[]): void };
    sluice.track('late');
    sluice.push(['track', 'pushed']);
    return sluice.flush();
  });
  expect(shop.messages().map(({ event, type }) => event ?? type)).toEqual(['page', 'early', 'late', 'pushed']);
});

it('runs under a policy without inline scripts, with its published hash, and starts from its own tag', async () => {
  const shop = await visitShop();
  const { integrity } = JSON.parse(inject('bundles')['integrity.json'] ?? '{}')[SCRIPT];
  const page = await openPage(
    shop,
    `<script src="/${SCRIPT}" integrity="${integrity}" data-sluice='${optionsOf(shop.endpoint)}'></script>`,
    `default-src 'none'; script-src 'self'; connect-src ${shop.endpoint}`,
  );
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await page.evaluate(() => {
    const sluice = window.sluice as unknown as typeof window.shop;
    sluice.track('a');
    return sluice.flush();
  });
  expect({ sent: shop.messages().map(({ event }) => event), refused }).toEqual({ sent: ['a'], refused: [] });
});

it('is one instance when its tag stands on the page twice', async () => {
  const shop = await visitShop();
  const tag = `<script src="/${SCRIPT}" data-sluice='${optionsOf(shop.endpoint)}'></script>`;
  const page = await openPage(shop, `${tag}${tag}`);
  await page.evaluate(() => {
    const sluice = window.sluice as unknown as typeof window.shop;
    sluice.track('a');
    return sluice.flush();
  });
  expect(shop.messages().map(({ event }) => event)).toEqual(['a']);
});

it('calls back once a message is stored, and when it is ready', async () => {
  const shop = await visitShop();
  const page = await shop.open({ requiredCategories: [] });
  const calls = await page.evaluate(async () => {
    const seen: string[] = [];
    window.shop.track('a', { n: 1 }, {}, () => {
      seen.push(`stored ${Object.keys(localStorage).filter((key) => key.includes('.t.')).length}`);
      throw new Error('no');
    });
    await window.shop.ready(() => seen.push('ready'));
    await window.shop.flush();
    return [...seen, ...window.delivered.map(({ event }) => `delivered ${event}`)];
  });
  expect(calls).toEqual(['stored 1', 'ready', 'delivered a']);
});

it.each([
  [{ consentMode: 'opt-out' }, 'granted'],
  [{ requiredCategories: ['analytics'] }, 'held'],
  ['nonsense', 'held'],
])("takes the policy %j from the proxy's settings", async (settings, outcome) => {
  const shop = await visitShop();
  shop.replies.push({ body: settings });
  const page = await shop.open({ consentMode: 'settings' });
  const sent = await page.evaluate(async () => {
    window.shop.track('a');
    await window.shop.ready();
    await window.shop.flush();
    return window.delivered.length;
  });
  expect([shop.received[0]?.path, sent === 1 ? 'granted' : 'held']).toEqual(['/v1/settings?writeKey=wk_test', outcome]);
});

it('keeps what an undecided visitor did over page loads where the shop says so', async () => {
  const shop = await visitShop();
  const page = await shop.open({ holdInStorage: true });
  await page.evaluate(() => window.shop.track('before'));
  await page.goto(shop.page({ holdInStorage: true }, '/next'));
  const requests = shop.received.length;
  await page.evaluate(() => window.shop.consent({ marketing: true }));
  await shop.until(1);
  expect([requests, shop.messages().map(({ event }) => event)]).toEqual([0, ['before']]);
});

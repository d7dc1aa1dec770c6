import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { FIREFOX_PATH } from '../support/firefox.ts';
import { startShop } from '../support/startShop.ts';

const OPEN = { requiredCategories: [] };
const SLOW = { ...OPEN, flushIntervalMs: 600_000 };

let browser: Browser;
beforeAll(async () => {
  browser = await launch({ browser: 'firefox', executablePath: FIREFOX_PATH, headless: true });
});
afterAll(() => browser?.close());

/** A fresh visitor to a fresh shop, gone with the test. */
async function visitShop() {
  const shop = await startShop(inject('bundles'));
  const context = await browser.createBrowserContext();
  onTestFinished(async () => {
    await context.close();
    await shop.stop();
  });
  return { shop, page: await context.newPage() };
}

const record = (page: Page, names: string[]) =>
  page.evaluate((events) => {
    for (const event of events) window.shop.track(event);
  }, names);

it('delivers in one request, and says so', async () => {
  const { shop, page } = await visitShop();
  await page.goto(shop.page(OPEN));
  await record(page, ['a', 'b', 'c']);
  await page.evaluate(() => window.shop.flush());
  const told = await page.evaluate(() => window.delivered.map(({ event }) => event));
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.t.')));
  expect({ requests: shop.received.map(({ method }) => method), told, kept }).toEqual({
    requests: ['POST'],
    told: ['a', 'b', 'c'],
    kept: [],
  });
});

it('loses nothing when the page is left at once', async () => {
  const { shop, page } = await visitShop();
  await page.goto(shop.page(SLOW));
  await record(page, ['a', 'b', 'c']);
  await page.goto('about:blank');
  await shop.until(1);
  expect(shop.messages().map(({ event }) => event)).toEqual(['a', 'b', 'c']);
});

it('sends from the next page what the last one could not', async () => {
  const { shop, page } = await visitShop();
  await page.goto(shop.page(SLOW));
  await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { value: false }));
  await record(page, ['Order Completed']);
  await page.goto(shop.page(SLOW, '/next'));
  await shop.until(1);
  expect(shop.messages().map(({ event }) => event)).toEqual(['Order Completed']);
});

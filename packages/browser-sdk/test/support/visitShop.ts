import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import type { Delivered, Dropped, Sluice, SluiceOptions } from '../../src/index.ts';
import { startShop } from './startShop.ts';

declare global {
  interface Window {
    sluice: { createSluice(options: SluiceOptions): Sluice };
    shop: Sluice;
    dropped: Dropped[];
    delivered: Delivered[];
    start(options: Partial<SluiceOptions>): Sluice;
  }
}

/** Tracking that needs no consent, for the tests that are about something else. */
export const OPEN = { requiredCategories: [] };

let browser: Browser;

/** Connects the tests of a file to the Chromium of this run. */
export function useChromium() {
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromium'));
  });
  afterAll(() => browser.close());
}

export const browserNow = () => browser;

/** A fresh visitor to a fresh shop, gone with the test. `open` loads a page of the shop in a new tab. */
export async function visitShop() {
  const shop = await startShop(inject('bundles'));
  const context = await browser.newContext();
  onTestFinished(async () => {
    await context.close();
    await shop.stop();
  });
  const open = async (options: Partial<SluiceOptions> = {}, path = '/') => {
    const page = await context.newPage();
    await page.goto(shop.page(options, path));
    return page;
  };
  return { ...shop, context, open };
}

export const FROZEN_MS = 1_800_000_000_000;

/** A tab whose clock stands still at `FROZEN_MS`: no timer of the SDK fires before the test moves the clock. */
export async function openFrozen(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.clock.install({ time: FROZEN_MS - 1000 });
  await page.clock.pauseAt(FROZEN_MS);
  return page;
}

/** Everything the SDK keeps in localStorage, apart from the visitor's own choice. */
export function readStorage(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const { 'sluice.consent': _choice, ...rest } = { ...localStorage };
    return rest;
  });
}

/** Waits until every answer was read: no message and no sign-up is left in storage. */
export async function untilSettled(page: Page) {
  await page.waitForFunction(() => !Object.keys(localStorage).some((key) => /\.[st]\./.test(key)));
}

/** Waits until an answer was read that leaves the matter open: what is stored may be sent again. */
export function untilReleased(page: Page) {
  return page.evaluate(() => window.shop.flush());
}

/** Hides or shows the tab as far as the page can tell. */
export async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

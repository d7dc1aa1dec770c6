import { chromium } from 'playwright-core';
import { expect, inject, it, onTestFinished } from 'vitest';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from '../support/chromium.ts';
import { startShop } from '../support/startShop.ts';
import { OPEN, untilSettled } from '../support/visitShop.ts';

it('lets the browser keep the page for the back button, and goes on there', async () => {
  // Playwright switches the back/forward cache off; this browser has it.
  const browser = await chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const shop = await startShop(inject('bundles'));
  onTestFinished(async () => {
    await browser.close();
    await shop.stop();
  });
  const page = await browser.newPage();
  await page.goto(shop.page({ ...OPEN, pageViews: 'auto' }));
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
    window.shop.track('before');
    document.location.href = '/next';
  });
  await page.waitForURL('**/next');
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => 'persisted' in window);
  await page.evaluate(() => {
    window.shop.track('after');
    return window.shop.flush();
  });
  await untilSettled(page);
  const names = shop.messages().map(({ event, type }) => event ?? type);
  expect({
    persisted: await page.evaluate(() => (window as { persisted?: boolean }).persisted),
    names: names.sort(),
  }).toEqual({
    persisted: true,
    names: ['after', 'before', 'page', 'page'],
  });
});

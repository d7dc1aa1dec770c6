import { source as axeSource } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CUSTOMER } from '../support/customer.ts';
import { openShop, useChromium } from '../support/openShop.ts';
import { testId } from '../support/pressKeys.ts';

useChromium();

declare global {
  var axe: typeof import('axe-core');
}

/** Looks at a page as it is, and once more with the banner open. */
async function inspect(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.locator('[data-strip-note]:not(:empty)').waitFor();
  await page.evaluate(axeSource);
  const findings = await look(page, path);
  await page.getByRole('button', { name: 'Privacy choices' }).press('Enter');
  return [...findings, ...(await look(page, `${path} with banner`))];
}

async function look(page: Page, title: string): Promise<string[]> {
  const found = await page.evaluate(async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations);
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...serious.map(({ id, nodes }) => `${title}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ...(overflow > 0 ? [`${title}: scrolls sideways by ${overflow} px`] : []),
  ];
}

test.for([
  [1280, 'light'],
  [360, 'dark'],
] as const)('no page has a serious finding at %d px, %s', async ([width, colorScheme]) => {
  await using shop = await openShop(
    { inspectUrl: 'http://127.0.0.1:8790' },
    { colorScheme, viewport: { width, height: 800 } },
  );
  const { page } = shop;
  const findings: string[] = [];

  await page.goto('/cart');
  await page.locator(testId('consent-accept')).click();
  for (const path of ['/', '/cart', '/thanks', '/preferences', '/nowhere', '/products/squall-platter']) {
    findings.push(...(await inspect(page, path)));
  }
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.locator(testId('add-to-cart')).click();
  for (const path of ['/cart', '/checkout']) findings.push(...(await inspect(page, path)));
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.locator(testId('checkout-submit')).click();
  findings.push(...(await look(page, '/checkout with mistakes')));
  for (const [selector, text] of Object.entries(CUSTOMER)) await page.fill(selector, text);
  await page.locator(testId('checkout-submit')).click();
  await page.waitForURL('**/thanks');
  findings.push(...(await inspect(page, '/thanks')));

  expect(findings).toEqual([]);
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CUSTOMER } from '../support/customer.ts';
import { openShop, useChromium } from '../support/openShop.ts';
import { pressOn, testId } from '../support/pressKeys.ts';
import { nameOf } from '../support/startEndpoint.ts';
import { untilTold } from '../support/untilTold.ts';

useChromium();

const readFocus = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);

test('a visitor who refuses buys all the same, and nothing of it is ever sent', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;

  await page.goto('/cart');
  await page.locator(testId('consent-refuse')).click();
  await page.goto('/products/kelp-bowl');
  await page.locator(testId('add-to-cart')).click();
  await page.goto('/checkout');
  for (const [selector, text] of Object.entries(CUSTOMER)) await page.fill(selector, text);
  await page.locator(testId('checkout-submit')).click();
  await page.waitForURL('**/thanks');
  const note = await page.locator('[data-strip-note]').textContent();
  // What was kept back against the visitor's will would go with, or before, the first message after a yes.
  await page.getByRole('button', { name: 'Privacy choices' }).click();
  await page.locator(testId('consent-accept')).click();
  await page.goto('/cart');
  await untilTold(page, 'Cart Viewed');
  await page.goto('about:blank');
  await endpoint.until(() => endpoint.messages().some(({ event }) => event === 'Cart Viewed'));

  expect(note).toBe('You refused, so nothing is sent.');
  expect(endpoint.messages().map(nameOf)).toEqual(['page: Cart', 'Cart Viewed']);
});

test('before a choice nothing is sent; a yes sends what the page held', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;

  await page.goto('/');
  await untilTold(page, 'Product List Viewed');
  await page.goto('/products/drift-vase');
  await untilTold(page, 'Product Viewed');
  await page.locator(testId('consent-accept')).click();
  await endpoint.until(() => endpoint.messages().length > 1);

  expect(endpoint.messages().map(nameOf)).toEqual(['page: Product', 'Product Viewed']);
});

test('the banner asks once, and the focus is never lost', async () => {
  await using shop = await openShop();
  const { page } = shop;
  const banner = page.locator('#consent');

  await page.goto('/thanks');
  await banner.waitFor();
  await pressOn(page, testId('consent-refuse'));
  const afterChoice = await readFocus(page);
  await page.reload();
  await page.locator('[data-strip-note]', { hasText: 'refused' }).waitFor();
  const isAskedAgain = await banner.isVisible();
  await page.getByRole('button', { name: 'Privacy choices' }).press('Enter');
  const onOpening = await readFocus(page);
  const says = await page.locator('[data-consent-now]').textContent();
  await page.keyboard.press('Escape');

  expect({ afterChoice, isAskedAgain, onOpening, says, onClosing: await readFocus(page) }).toEqual({
    afterChoice: 'main',
    isAskedAgain: false,
    onOpening: 'consent',
    says: 'You refused: the shop sends nothing about your visit.',
    onClosing: 'Privacy choices',
  });
});

test('accepting and refusing weigh the same', async () => {
  await using shop = await openShop();
  await shop.page.goto('/thanks');
  const measure = async (id: string) => {
    const button = shop.page.locator(testId(id));
    const { width, height } = (await button.boundingBox()) ?? {};
    const style = await button.evaluate((element) => {
      const { backgroundColor, color, fontSize, fontWeight, borderColor } = getComputedStyle(element);
      return { backgroundColor, color, fontSize, fontWeight, borderColor };
    });
    return { width, height, ...style };
  };

  await shop.page.locator('#consent').waitFor();
  expect(await measure('consent-refuse')).toEqual(await measure('consent-accept'));
});

test('with Global Privacy Control a yes in the banner changes nothing, and the shop does not say that the visitor refused', async () => {
  await using shop = await openShop();
  const { page } = shop;
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));

  await page.goto('/');
  await page.getByRole('button', { name: 'Privacy choices' }).click();
  await page.locator(testId('consent-accept')).click();
  await page.getByRole('button', { name: 'Privacy choices' }).click();

  expect({
    banner: await page.locator('[data-consent-now]').textContent(),
    strip: await page.locator('[data-strip-note]').textContent(),
    requests: shop.endpoint.requests,
  }).toEqual({
    banner: expect.stringContaining('Your browser asks shops not to track you (Global Privacy Control)'),
    strip: expect.stringContaining('Your browser refuses tracking (Global Privacy Control)'),
    requests: [],
  });
});

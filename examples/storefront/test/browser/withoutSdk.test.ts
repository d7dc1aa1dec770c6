import { expect, test } from 'vitest';
import { CUSTOMER } from '../support/customer.ts';
import { openShop, type Shop, useChromium } from '../support/openShop.ts';
import { testId } from '../support/pressKeys.ts';

useChromium();

async function buy({ page }: Shop) {
  await page.goto('/products/harbour-mug');
  await page.locator(testId('add-to-cart')).click();
  await page.locator(testId('cart-link')).click();
  await page.locator(testId('checkout-link')).click();
  for (const [selector, text] of Object.entries(CUSTOMER)) await page.fill(selector, text);
  await page.locator(testId('checkout-submit')).click();
  await page.waitForURL('**/thanks');
  return page.locator(testId('order-number')).textContent();
}

test('without the SDK the shop sells, asks for no consent, and says so when asked', async () => {
  await using shop = await openShop({ hasSdk: false });
  const order = await buy(shop);
  await shop.page.getByRole('button', { name: 'Privacy choices' }).click();

  expect({
    order,
    banner: await shop.page.locator('#consent').isVisible(),
    note: await shop.page.locator('[data-privacy-note]').textContent(),
    errors: shop.errors,
    requests: shop.endpoint.requests,
  }).toEqual({
    order: expect.stringMatching(/^EW-[2-9A-Z]{10}$/),
    banner: false,
    note: 'Nothing to choose: no tracking is loaded on this page.',
    errors: [],
    requests: [],
  });
});

test('with the configuration blocked, or the SDK never answering, the shop sells', async () => {
  await using shop = await openShop();
  await shop.page.route('**/config.js', (route) => route.abort());
  await shop.page.route('**/sluice.js', () => {});

  expect(await buy(shop)).toMatch(/^EW-/);
});

test('with an SDK that throws, the shop sells', async () => {
  await using shop = await openShop();
  const body =
    'window.sluice = { createSluice: () => new Proxy({}, { get: () => () => { throw new Error("broken"); } }) };';
  const headers = { 'Access-Control-Allow-Origin': '*' };
  await shop.page.route('**/sluice.js', (route) => route.fulfill({ contentType: 'text/javascript', headers, body }));

  expect(await buy(shop)).toMatch(/^EW-/);
});

test('with storage blocked, the page still adds to its cart', async () => {
  await using shop = await openShop();
  await shop.page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await shop.page.goto('/products/harbour-mug');
  await shop.page.locator(testId('add-to-cart')).click();

  expect(await shop.page.locator('[data-cart-count]').textContent()).toBe('1');
});

test('with a corrupt cart in storage, the cart is empty and can be filled', async () => {
  await using shop = await openShop();
  await shop.page.addInitScript(() => {
    if (!localStorage.getItem('ebbware.cart'))
      localStorage.setItem('ebbware.cart', '{"lines":[{"id":{},"quantity":1e9}');
  });
  await shop.page.goto('/cart');
  const isEmpty = await shop.page.getByText('Nothing in it yet.').isVisible();
  await shop.page.goto('/products/harbour-mug');
  await shop.page.locator(testId('add-to-cart')).click();

  expect([isEmpty, await shop.page.locator('[data-cart-count]').textContent()]).toEqual([true, '1']);
});

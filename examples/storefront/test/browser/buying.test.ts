import { expect, test } from 'vitest';
import { CUSTOMER } from '../support/customer.ts';
import { openShop, useChromium } from '../support/openShop.ts';
import { pressOn, tabTo, testId, typeInto } from '../support/pressKeys.ts';
import { nameOf } from '../support/startEndpoint.ts';
import { untilTold } from '../support/untilTold.ts';

useChromium();

test('a visitor who accepts buys by keyboard alone, and every step is told once, in order', async () => {
  await using shop = await openShop();
  const { page, endpoint, errors } = shop;

  await page.goto('/');
  await page.locator(testId('consent-accept')).waitFor();
  await pressOn(page, testId('consent-accept'));
  await pressOn(page, `${testId('product-card')}[href="/products/lantern-teapot"]`);
  await page.waitForURL('**/products/lantern-teapot');
  await pressOn(page, testId('add-to-cart'));
  await pressOn(page, '[data-go-to-cart] a');
  await page.waitForURL('**/cart');
  await untilTold(page, 'Cart Viewed');
  await pressOn(page, testId('checkout-link'));
  await page.waitForURL('**/checkout');
  await untilTold(page, 'Checkout Started');
  await page.reload();
  await typeInto(page, CUSTOMER);
  await pressOn(page, testId('checkout-submit'));
  await page.waitForURL('**/thanks');
  await untilTold(page, 'Thank you');
  const orderNumber = await page.locator(testId('order-number')).textContent();
  await page.goto('about:blank');
  await endpoint.until(() => endpoint.messages().some((message) => message.name === 'Thank you'));

  expect(endpoint.messages().map(nameOf)).toEqual([
    'page: Home',
    'Product List Viewed',
    'page: Product',
    'Product Viewed',
    'Product Added',
    'page: Cart',
    'Cart Viewed',
    'page: Checkout',
    'Checkout Started',
    'page: Checkout',
    'identify',
    'Order Completed',
    'page: Thank you',
  ]);
  expect(endpoint.requests.map(({ path }) => path)).not.toContain('/v1/subscribe');
  expect(errors).toEqual([]);

  const teapot = {
    product_id: '103',
    sku: 'EW-TEA-07',
    name: 'Lantern Teapot',
    brand: 'Ebbware',
    category: 'Pouring',
    price: 96,
    compare_at_price: 112,
    currency: 'EUR',
    url: `${shop.url}/products/lantern-teapot`,
    image_url: `${shop.url}/images/EW-TEA-07.svg`,
  };
  const address = {
    first_name: 'Ada',
    last_name: 'Lovelace',
    address1: '12 Quay Street',
    zip: 'D02',
    city: 'Dublin',
    country_code: 'IE',
  };
  const products = [{ ...teapot, quantity: 1, position: 1 }];
  const totals = { total: 96, revenue: 80, shipping: 0, tax: 16, discount: 0, currency: 'EUR', products };
  const checkoutUrl = `${shop.url}/checkout`;
  const sent = Object.fromEntries(endpoint.messages().map((message) => [nameOf(message), message]));
  expect({
    viewed: sent['Product Viewed']?.properties,
    added: sent['Product Added']?.properties,
    started: sent['Checkout Started']?.properties,
    traits: sent.identify?.traits,
    ordered: sent['Order Completed']?.properties,
  }).toEqual({
    viewed: teapot,
    added: { ...teapot, quantity: 1, cart_total: 96, products, checkout_url: checkoutUrl },
    started: { checkout_id: expect.stringMatching(/^CHK-/), value: 96, ...totals, checkout_url: checkoutUrl },
    traits: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    ordered: {
      order_id: orderNumber,
      checkout_id: sent['Checkout Started']?.properties?.checkout_id,
      ...totals,
      billing_address: address,
      shipping_address: address,
    },
  });
});

test('a discount code, a changed quantity and a removed line reach the totals and the events', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;

  await page.goto('/products/harbour-mug');
  await page.locator(testId('consent-accept')).click();
  await page.locator(testId('add-to-cart')).click();
  await page.goto('/products/pebble-bud-vase');
  await page.locator(testId('add-to-cart')).click();
  await page.locator(testId('cart-link')).click();
  await page.getByLabel('Quantity of Harbour Mug').selectOption('3');
  await page.getByRole('button', { name: 'Remove Pebble Bud Vase' }).click();
  await page.getByLabel('Discount code').fill('tide10');
  await page.getByRole('button', { name: 'Apply' }).click();
  const totals = await page.locator('[data-totals] :is(dt, dd)').allTextContents();
  await page.locator(testId('checkout-link')).click();
  await page.waitForURL('**/checkout');
  await untilTold(page, 'Checkout Started');
  await page.goto('about:blank');
  const find = (event: string) => endpoint.messages().findLast((message) => message.event === event)?.properties;
  await endpoint.until(() => find('Checkout Started') !== undefined);

  expect(totals).toEqual([
    ...['Goods', '€84.00', 'Discount TIDE10', '−€8.40', 'Shipping', '€4.90'],
    ...['Total', '€80.50', 'VAT included', '€12.60'],
  ]);
  expect([find('Product Added'), find('Product Removed'), find('Checkout Started')]).toMatchObject([
    { sku: 'EW-MUG-01', quantity: 2, cart_total: 108 },
    { sku: 'EW-BUD-09', quantity: 1, cart_total: 84 },
    { total: 80.5, revenue: 63, tax: 12.6, shipping: 4.9, discount: 8.4, coupon: 'TIDE10' },
  ]);
});

test('the checkout says beside each field what is missing, and goes to the first', async () => {
  await using shop = await openShop();
  const { page } = shop;

  await page.goto('/products/harbour-mug');
  await page.locator(testId('consent-refuse')).click();
  await page.locator(testId('add-to-cart')).click();
  await page.goto('/checkout');
  await tabTo(page, testId('checkout-email'));
  await page.keyboard.type('ada@');
  await pressOn(page, testId('checkout-submit'));

  const focused = await page.evaluate(() => document.activeElement?.id);
  const mistakes = await page.locator('.mistake').allTextContents();
  expect({ focused, said: mistakes.filter(Boolean).length, url: page.url() }).toEqual({
    focused: 'email',
    said: 6,
    url: `${shop.url}/checkout`,
  });
});

test('the ticked box at the checkout signs up with the words the customer read', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;

  await page.goto('/products/harbour-mug');
  await page.locator(testId('consent-refuse')).click();
  await page.locator(testId('add-to-cart')).click();
  await page.goto('/checkout');
  expect(await page.getByLabel(/may also write to me/).isChecked()).toBe(false);
  await page.getByLabel(/may also write to me/).check();
  for (const [selector, text] of Object.entries(CUSTOMER)) await page.fill(selector, text);
  await page.locator(testId('checkout-submit')).click();
  await page.waitForURL('**/thanks');
  await endpoint.until(() => endpoint.requests.length > 0);

  expect(endpoint.requests.map(({ path }) => path)).toEqual(['/v1/subscribe']);
  expect(endpoint.requests[0]?.body).toMatchObject({
    email: 'ada@example.com',
    lists: ['LIST01'],
    evidence: {
      formText: 'Ebbware may also write to me about new pieces, twice a month at most. I can end this at any time.',
      formVersion: 'checkout-2026-11',
    },
  });
});

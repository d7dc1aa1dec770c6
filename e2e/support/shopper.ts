import type { BrowserContext, Page } from 'playwright-core';

/** One visitor with a clean browser profile. */
export interface Shopper {
  page: Page;
  /** Presses the element with this test id. */
  press(testId: string): Promise<void>;
  /** Waits until the page has told the SDK of this, so that leaving it takes nothing away. */
  told(name: string): Promise<void>;
}

export async function enter(context: BrowserContext): Promise<Shopper> {
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return {
    page,
    press: (testId) => page.getByTestId(testId).click(),
    told: (name) => page.locator('[data-strip-events] li').getByText(name, { exact: true }).first().waitFor(),
  };
}

export interface Choice {
  consent: 'consent-accept' | 'consent-refuse';
  /** Called on each page before it is left, with what it has to have told. */
  beforeLeaving(shopper: Shopper, told: string): Promise<void>;
}

/**
 * Decides on the banner, views two products, puts both into the cart and orders them.
 * Ends on the page that says thank you; returns the order's number.
 */
export async function shop(shopper: Shopper, email: string, { consent, beforeLeaving }: Choice): Promise<string> {
  const { page, press } = shopper;
  await page.goto('/');
  await press(consent);
  await beforeLeaving(shopper, 'Product List Viewed');
  await page.locator('[data-testid=product-card][href="/products/harbour-mug"]').click();
  await page.waitForURL('**/products/harbour-mug');
  await press('add-to-cart');
  await beforeLeaving(shopper, 'Product Added');
  await page.locator('[data-testid=product-card][href="/products/ebb-espresso-pair"]').click();
  await page.waitForURL('**/products/ebb-espresso-pair');
  await press('add-to-cart');
  await beforeLeaving(shopper, 'Product Added');
  await press('cart-link');
  await page.waitForURL('**/cart');
  await beforeLeaving(shopper, 'Cart Viewed');
  await press('checkout-link');
  await page.waitForURL('**/checkout');
  await beforeLeaving(shopper, 'Checkout Started');
  await fillCheckout(page, email);
  await press('checkout-submit');
  await page.waitForURL('**/thanks');
  await beforeLeaving(shopper, 'Page: Thank you');
  return (await page.getByTestId('order-number').textContent()) ?? '';
}

export const ADDRESS = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  street: '12 Quay Street',
  postcode: 'D02',
  city: 'Dublin',
};

async function fillCheckout(page: Page, email: string): Promise<void> {
  await page.getByTestId('checkout-email').fill(email);
  for (const [name, text] of Object.entries(ADDRESS)) await page.locator(`[data-checkout] [name=${name}]`).fill(text);
}

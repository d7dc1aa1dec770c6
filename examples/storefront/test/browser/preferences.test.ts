import { expect, test } from 'vitest';
import { CUSTOMER } from '../support/customer.ts';
import { openShop, type Shop, useChromium } from '../support/openShop.ts';
import { testId } from '../support/pressKeys.ts';

useChromium();

const TEXTS_CONSENT =
  'Ebbware may also text me about new pieces at this number, by automated messages, four a month at most. I need not agree to buy anything. Message and data rates may apply. Reply STOP to end it, HELP for help.';

async function save({ page }: Shop, said: RegExp) {
  await page.locator(testId('preferences-submit')).click();
  await page.locator(testId('preferences-result'), { hasText: said }).waitFor();
}

/** What the proxy was sent, without what every request has. */
function sent({ endpoint }: Shop) {
  return endpoint.requests.map(({ path, body }) => {
    const { writeKey, sentAt, messageId, context, evidence, ...rest } = body;
    return [path, rest, ...(evidence ? [(evidence as { formText: string }).formText] : [])];
  });
}

test('each change is a request of its own, with the words that were agreed to', async () => {
  await using shop = await openShop();
  const { page } = shop;
  await page.goto('/');
  await page.locator(testId('consent-refuse')).click();
  await page.locator(testId('unsubscribe-link')).click();
  await page.locator(testId('preferences-email')).fill('ada@example.com');
  await page.locator(testId('preferences-phone')).fill('+15005550006');
  await page.getByLabel('Write me no more letters.').check();
  await page.getByLabel('Ebbware may also text me').check();
  await page.getByLabel('Tell it nothing').check();
  await save(shop, /^Letters: accepted\..*Text messages: accepted\..*You refused/);

  expect(sent(shop).sort()).toEqual([
    [
      '/v1/consent',
      { email: 'ada@example.com', phone: '+15005550006', consent: { categoryPreferences: { marketing: false } } },
    ],
    ['/v1/subscribe', { phone: '+15005550006', lists: ['LIST01'] }, TEXTS_CONSENT],
    ['/v1/unsubscribe', { email: 'ada@example.com', channels: ['email'] }],
  ]);
});

test('an address that is none, or none at all, is said and not sent; so is that nothing was chosen', async () => {
  await using shop = await openShop();
  await shop.page.goto('/preferences');
  await shop.page.locator(testId('consent-refuse')).click();
  await save(shop, /Nothing was chosen/);
  await shop.page.getByLabel('Write me no more letters.').check();
  await save(shop, /complete e-mail address/);
  await shop.page.locator(testId('preferences-email')).fill('ada@example.com');
  await shop.page.getByLabel('Text me no more.').check();
  await shop.page.locator(testId('preferences-phone')).fill('0151');
  await save(shop, /country code/);
  expect(sent(shop)).toEqual([]);
});

test('the page reads nothing by address: it says the same before and after one is entered', async () => {
  await using shop = await openShop();
  const { page } = shop;
  await page.goto('/preferences');
  await page.locator(testId('consent-refuse')).click();
  const read = () => page.locator('[data-preferences]').textContent();
  const before = await read();
  await page.locator(testId('preferences-email')).fill('ada@example.com');
  await page.locator(testId('preferences-phone')).focus();
  expect([await read(), shop.endpoint.requests]).toEqual([before, []]);
});

test('who withdraws after a yes stops what the proxy has taken already', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;
  await page.goto('/');
  await page.locator(testId('consent-accept')).click();
  await endpoint.until(() => endpoint.messages().length > 0);
  await page.getByRole('button', { name: 'Privacy choices' }).click();
  await page.locator(testId('consent-refuse')).click();
  await endpoint.until(() => endpoint.requests.some(({ path }) => path === '/v1/consent'));

  const visitor = endpoint.requests.find(({ path }) => path === '/v1/batch')?.body.anonymousId;
  expect(sent(shop).filter(([path]) => path === '/v1/consent')).toEqual([
    ['/v1/consent', { anonymousId: visitor, consent: { categoryPreferences: { marketing: false } } }],
  ]);
});

test('the box at the checkout signs a number up for text messages, and needs one', async () => {
  await using shop = await openShop();
  const { page, endpoint } = shop;
  await page.goto('/products/harbour-mug');
  await page.locator(testId('consent-refuse')).click();
  await page.locator(testId('add-to-cart')).click();
  await page.goto('/checkout');
  for (const [selector, text] of Object.entries(CUSTOMER)) await page.fill(selector, text);
  const wasChecked = await page.locator(testId('checkout-texts')).isChecked();
  await page.locator(testId('checkout-texts')).check();
  await page.locator(testId('checkout-submit')).click();
  const focused = await page.evaluate(() => document.activeElement?.id);
  await page.locator(testId('checkout-phone')).fill('+15005550006');
  await page.locator(testId('checkout-submit')).click();
  await page.waitForURL('**/thanks');
  await endpoint.until(() => endpoint.requests.length > 0);

  expect({ wasChecked, focused, sent: sent(shop) }).toEqual({
    wasChecked: false,
    focused: 'phone',
    sent: [['/v1/subscribe', { phone: '+15005550006', lists: ['LIST01'] }, TEXTS_CONSENT]],
  });
});

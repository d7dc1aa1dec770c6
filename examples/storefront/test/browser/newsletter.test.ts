import { expect, test } from 'vitest';
import { openShop, type Shop, useChromium } from '../support/openShop.ts';
import { testId } from '../support/pressKeys.ts';

useChromium();

async function signUp({ page }: Shop, email: string) {
  if (page.url() === 'about:blank') await page.goto('/thanks');
  await page.locator(testId('newsletter-email')).fill(email);
  await page.locator(testId('newsletter-submit')).click();
  return (text: RegExp) => page.locator(testId('newsletter-result'), { hasText: text }).waitFor();
}

test('an accepted sign-up says so, and carries the words on the page as evidence', async () => {
  await using shop = await openShop();
  const result = await signUp(shop, 'ada@example.com');
  await result(/^Thank you\./);

  expect(shop.endpoint.requests).toMatchObject([
    {
      path: '/v1/subscribe',
      body: {
        writeKey: 'wk_test',
        email: 'ada@example.com',
        lists: ['LIST01'],
        evidence: {
          formText:
            'By signing up I agree that Ebbware writes to me about new pieces, twice a month at most. Every letter has a link that ends this at once.',
          formVersion: 'footer-2026-11',
        },
      },
    },
  ]);
});

test('each refusal says what it means', async () => {
  await using shop = await openShop();
  const refusals = {
    already_member: /signed up already/,
    email_invalid: /not complete/,
    reoptin_unconfirmed: /signed off before/,
    list_not_found: /no newsletter list set/,
    origin_forbidden: /refused the request \(origin_forbidden\)/,
  };
  for (const [code, words] of Object.entries(refusals)) {
    shop.endpoint.subscribeAnswer = { status: 403, body: { error: { code, message: '', requestId: 'req-1' } } };
    const result = await signUp(shop, 'ada@example.com');
    await result(words);
  }
});

test('an address that is none is not sent', async () => {
  await using shop = await openShop();
  const result = await signUp(shop, 'ada@');
  await result(/not complete/);
  expect(shop.endpoint.requests).toEqual([]);
});

test('without a list the form says that none is set', async () => {
  await using shop = await openShop({ listId: '' });
  const result = await signUp(shop, 'ada@example.com');
  await result(/no newsletter list set/);
  expect(shop.endpoint.requests).toEqual([]);
});

test('without the SDK the form says that the service cannot be reached', async () => {
  await using shop = await openShop({ hasSdk: false });
  const result = await signUp(shop, 'ada@example.com');
  await result(/cannot be reached/);
});

test('an unreachable proxy is said after five seconds, and the sign-up arrives when it is back', async () => {
  await using shop = await openShop();
  await shop.page.clock.install();
  await shop.page.route('**/v1/subscribe', (route) => route.abort());
  const result = await signUp(shop, 'ada@example.com');
  await result(/^Signing you up/);
  await shop.page.clock.fastForward(5000);
  await result(/keeps your sign-up/);
  await shop.page.unroute('**/v1/subscribe');
  await shop.page.evaluate(() => dispatchEvent(new Event('online')));
  await result(/^Thank you\./);
});

import type { BrowserContext } from 'playwright-core';
import { expect, it } from 'vitest';
import { OPEN, useChromium, visitShop } from '../support/visitShop.ts';

useChromium();

const NAME = 'sluice.wk_test';
const FOREVER = `Domain=127.0.0.1; Path=/; Max-Age=34560000; SameSite=Lax`;
/** What the proxy answers a batch with: the id that the page sent, kept for longer than storage. */
const keeping = (id: string | null) => ({ headers: { 'set-cookie': `${NAME}=${id}~127.0.0.1; ${FOREVER}` } });

async function keptIn(context: BrowserContext): Promise<string | undefined> {
  const cookies = await context.cookies();
  return cookies.find(({ name }) => name === NAME)?.value.split('~')[0];
}

/** A visitor whose id the proxy keeps, and who has come back after Safari has deleted what scripts have stored. */
async function visitAgain(options: object = OPEN) {
  const shop = await visitShop();
  const page = await shop.open(OPEN);
  const id = await page.evaluate(() => window.shop.anonymousId());
  shop.replies.push(keeping(id));
  await page.evaluate(() => {
    window.shop.track('before');
    return window.shop.flush();
  });
  await page.evaluate(() => localStorage.clear());
  await page.goto(shop.page(options, '/later'));
  return { shop, page, id };
}

it('is the same visitor when storage is gone and the cookie is left', async () => {
  const { shop, page, id } = await visitAgain();
  const found = await page.evaluate(() => window.shop.anonymousId());
  expect([found, await keptIn(shop.context)]).toEqual([id, id]);
});

it('takes the id from the cookie for what an undecided visitor does, and sends it once they agree', async () => {
  const { shop, page, id } = await visitAgain({});
  await page.evaluate(() => window.shop.track('undecided'));
  const stored = await page.evaluate(() => Object.keys(localStorage));
  await page.evaluate(() => {
    window.shop.consent({ marketing: true });
    return window.shop.flush();
  });
  expect([stored, shop.received.at(-1)?.body.anonymousId]).toEqual([[], id]);
});

it('forgets the id on log-out, and a late answer does not bring it back', async () => {
  const { shop, page, id } = await visitAgain();
  const next = await page.evaluate(() => {
    window.shop.reset();
    return window.shop.anonymousId();
  });
  const afterReset = await keptIn(shop.context);
  // As the answer to a request that was under way.
  await shop.context.addCookies([{ name: NAME, value: `${id}~127.0.0.1`, domain: '127.0.0.1', path: '/' }]);
  await page.goto(shop.page(OPEN, '/next'));
  const onNextPage = await page.evaluate(() => window.shop.anonymousId());
  expect([next === id, afterReset, onNextPage, await keptIn(shop.context)]).toEqual([
    false,
    undefined,
    next,
    undefined,
  ]);
});

it('sends what was recorded before a log-out without cookies, so that its answer can set none', async () => {
  const shop = await visitShop();
  await shop.context.addCookies([{ name: 'session', value: 'secret', url: shop.endpoint }]);
  const page = await shop.open(OPEN);
  await page.evaluate(() => {
    window.shop.track('before');
    window.shop.reset();
    window.shop.track('after');
    return window.shop.flush();
  });
  const sent = shop.received.map(({ body, headers }) => [body.batch[0].event, headers.cookie]);
  expect(sent).toEqual([
    ['before', undefined],
    ['after', 'session=secret'],
  ]);
});

it('loses the id with a refusal, on this page and on the next', async () => {
  const { shop, page, id } = await visitAgain({});
  await page.evaluate(() => window.shop.consent({ marketing: false }));
  const afterRefusal = await keptIn(shop.context);
  await shop.context.addCookies([{ name: NAME, value: `${id}~127.0.0.1`, domain: '127.0.0.1', path: '/' }]);
  await page.goto(shop.page({}, '/next'));
  await page.evaluate(() => window.shop.ready());
  expect([afterRefusal, await keptIn(shop.context)]).toEqual([undefined, undefined]);
});

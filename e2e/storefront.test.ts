import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchChromium } from './support/chromium.ts';
import { KLAVIYO_KEY, LIST_ID, MAIL_DOMAIN } from './support/demo.ts';
import { expectedEvents } from './support/expectedEvents.ts';
import type { KlaviyoEvent } from './support/klaviyoClient.ts';
import { since } from './support/proxyClient.ts';
import { ROOT } from './support/root.ts';
import { type Choice, enter, shop } from './support/shopper.ts';
import { useStack } from './support/testStack.ts';
import { act, comeBackAfterAWeek, visit } from './support/visitor.ts';
import { waitFor } from './support/waitFor.ts';

const PUBLISHED = JSON.parse(readFileSync(join(ROOT, 'packages/browser-sdk/dist/integrity.json'), 'utf8'))[
  'sluice.min.js'
];
const EMAIL = `ada${MAIL_DOMAIN}`;

describe.skipIf(!hasChromium('the whole way from the shop to Klaviyo'))('the storefront, in Chromium', () => {
  // Browsers know no ports in cookies: shop and proxy are one site here, as they are within a shop's domain.
  const stackNow = useStack({ cookieDomain: '127.0.0.1' });
  let browser: Browser;
  /** Everything that the browser was answered, by the shop and by the proxy. */
  const served: Promise<string>[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function newVisitor(): Promise<BrowserContext> {
    const context = await browser.newContext({ baseURL: stackNow().shopUrl });
    context.on('response', (response) => {
      // A body is gone once its page is; what was sent from a page that was left is answered to nobody.
      const body = response.text().catch(() => '');
      served.push(Promise.all([response.allHeaders().catch(() => ({})), body]).then((parts) => JSON.stringify(parts)));
    });
    return context;
  }

  test('a visitor who accepts is one profile with everything seen and bought, and then a subscriber', async () => {
    const { klaviyo, shopUrl, drained } = stackNow();
    const context = await newVisitor();
    const shopper = await enter(context);
    const orderId = await shop(shopper, EMAIL, accepting);
    const wanted = expectedEvents({ shopUrl, orderId });
    await waitFor('every event of the visit', {
      look: klaviyo.events,
      isEnough: ({ length }) => length >= wanted.length,
    });
    await drained();

    const [profile, ...others] = await klaviyo.profiles();
    expect({
      others,
      profile: { email: profile?.email, first: profile?.first_name, last: profile?.last_name },
      ofProfile: byMetric(await klaviyo.events(`equals(profile_id,"${profile?.id}")`)),
      all: (await klaviyo.events()).length,
      members: await klaviyo.members(LIST_ID),
    }).toEqual({
      others: [],
      profile: { email: EMAIL, first: 'Ada', last: 'Lovelace' },
      ofProfile: byMetric(wanted.map((event) => ({ ...event, email: EMAIL }))),
      all: wanted.length,
      members: [],
    });

    await shopper.page.getByTestId('newsletter-email').fill(EMAIL);
    await shopper.press('newsletter-submit');
    await shopper.page.getByText('Your sign-up is accepted').waitFor();
    const [member] = await waitFor('the subscriber', {
      look: () => klaviyo.members(LIST_ID),
      isEnough: ({ length }) => length > 0,
    });
    await context.close();
    await drained();

    expect({
      member: { id: member?.id, email: member?.email },
      consent: consentOf(member?.subscriptions),
      profiles: (await klaviyo.profiles()).map(({ id }) => id),
      events: (await klaviyo.events()).length,
    }).toEqual({
      member: { id: profile?.id, email: EMAIL },
      consent: { email: 'SUBSCRIBED', sms: 'NEVER_SUBSCRIBED' },
      profiles: [profile?.id],
      events: wanted.length,
    });
  });

  test('Nothing leaves without consent: a visitor who refuses buys, and nobody hears of it', async () => {
    const { klaviyo, proxy, drained } = stackNow();
    await klaviyo.reset();
    const before = await proxy.readTotals();
    const context = await newVisitor();
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const shopper = await enter(context);
    const orderId = await shop(shopper, EMAIL, refusing);
    await shopper.page.goto('about:blank');
    await context.close();

    // What is sent after all that and goes the same way arrives; nothing that was sent before it is still to come.
    const last = { type: 'track', event: 'Afterwards', messageId: 'afterwards-1', userId: 'someone-else' };
    await proxy.sendBatch([last]);
    await waitFor('the last event', { look: klaviyo.events, isEnough: ({ length }) => length > 0 });
    await drained();

    expect({
      bought: orderId,
      toProxy: asked.filter((url) => url.startsWith(`${stackNow().stack.urls.proxy}/v1/`)),
      events: (await klaviyo.events()).map(({ metric }) => metric),
      emails: (await klaviyo.profiles()).map(({ email }) => email),
      figures: since(before, await proxy.readTotals()),
    }).toEqual({
      bought: expect.stringMatching(/^EW-/),
      toProxy: [],
      events: ['Afterwards'],
      emails: [null],
      figures: { accepted: 1, waiting: 0, delivered: 1, refused: 0, dead: 0, duplicate: 0 },
    });
  });

  test('two people on one device are two profiles, and the cookie bridges what Safari deletes in between', async () => {
    const { klaviyo } = stackNow();
    await klaviyo.reset();
    const [ada, bea] = [`ada2${MAIL_DOMAIN}`, `bea${MAIL_DOMAIN}`];
    const context = await newVisitor();
    const page = await visit(context);
    const drawn = await act(page, [{ track: 'Seen by nobody known' }]);
    await comeBackAfterAWeek(page);
    const found = await act(page, [{ track: 'Seen a week later' }, { identify: ada }, { track: 'Seen as Ada' }]);
    const next = await act(page, ['reset', { track: 'Seen by the next' }, { identify: bea }, { track: 'Seen as Bea' }]);
    await context.close();
    const seen = ({ metric }: KlaviyoEvent) => metric.startsWith('Seen');
    await waitFor('what the two did', {
      look: klaviyo.events,
      isEnough: (events) => events.filter(seen).length >= 5,
    });

    const events = (await klaviyo.events()).filter(seen);
    const ofWhom = (email: string) => events.filter((event) => event.email === email).map(({ metric }) => metric);
    expect({
      sameVisitor: found === drawn,
      nextVisitor: next !== drawn,
      profiles: (await klaviyo.profiles()).map(({ email }) => email).sort(),
      ada: ofWhom(ada).sort(),
      bea: ofWhom(bea).sort(),
    }).toEqual({
      sameVisitor: true,
      nextVisitor: true,
      profiles: [ada, bea],
      ada: ['Seen a week later', 'Seen as Ada', 'Seen by nobody known'],
      bea: ['Seen as Bea', 'Seen by the next'],
    });
  });

  test('a visitor who withdraws is heard of no more: the proxy is told, and neither cookie nor storage knows them', async () => {
    const { klaviyo, proxy, drained } = stackNow();
    await klaviyo.reset();
    const context = await newVisitor();
    const shopper = await enter(context);
    const { page, press } = shopper;
    await page.goto('/');
    await press('consent-accept');
    await waitFor('the first visit', { look: klaviyo.events, isEnough: ({ length }) => length > 0 });
    await drained();
    const allowed = (await klaviyo.events()).length;
    const before = await proxy.readTotals();
    const answered = page.waitForResponse('**/v1/consent');
    await page.getByRole('button', { name: 'Privacy choices' }).click();
    await press('consent-refuse');
    const answer = await answered.then(async (it) => [it.status(), (await it.json()).status]);
    await page.goto('/products/harbour-mug');
    await page.getByText('You refused, so nothing is sent.').waitFor();
    await press('add-to-cart');
    const left = await page.evaluate(() => [document.cookie, ...Object.keys(localStorage)]);
    await context.close();
    await drained();

    expect({
      answer,
      events: (await klaviyo.events()).length,
      figures: since(before, await proxy.readTotals()),
      left,
    }).toEqual({
      answer: [200, 'denied'],
      events: allowed,
      figures: { accepted: 0, waiting: 0, delivered: 0, refused: 0, dead: 0, duplicate: 0 },
      left: ['', 'sluice.consent', 'ebbware.cart'],
    });
  });

  test('Global Privacy Control is a no, whatever is pressed in the banner', async () => {
    const { klaviyo, proxy, drained } = stackNow();
    await klaviyo.reset();
    const before = await proxy.readTotals();
    const context = await newVisitor();
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const { page, press } = await enter(context);
    await page.goto('/products/harbour-mug');
    await page.getByRole('button', { name: 'Privacy choices' }).click();
    await press('consent-accept');
    await press('add-to-cart');
    await page.goto('/cart');
    const said = await page.getByText('Your browser refuses tracking (Global Privacy Control)').count();
    await context.close();
    await drained();

    expect({
      said,
      toProxy: asked.filter((url) => url.startsWith(`${stackNow().stack.urls.proxy}/v1/`)),
      figures: since(before, await proxy.readTotals()),
    }).toEqual({
      said: 1,
      toProxy: [],
      figures: { accepted: 0, waiting: 0, delivered: 0, refused: 0, dead: 0, duplicate: 0 },
    });
  });

  test('a sign-up to a double opt-in list counts once it is confirmed, and ends on the preferences page', async () => {
    const { klaviyo, drained } = stackNow();
    await klaviyo.reset();
    await klaviyo.askForConfirmation(LIST_ID);
    const email = `grace${MAIL_DOMAIN}`;
    const context = await newVisitor();
    const { page, press } = await enter(context);
    await page.goto('/thanks');
    await press('consent-refuse');
    await page.getByTestId('newsletter-email').fill(email);
    await press('newsletter-submit');
    await page.getByText('Your sign-up is accepted').waitFor();
    await waitFor('the mail', {
      look: klaviyo.requests,
      isEnough: (all) => all.some(({ operation, status }) => operation === 'bulk_subscribe_profiles' && status === 202),
    });
    await drained();
    const asked = await klaviyo.members(LIST_ID);
    await klaviyo.confirm(email);
    const [member] = await waitFor('the member', {
      look: () => klaviyo.members(LIST_ID),
      isEnough: ({ length }) => length > 0,
    });
    await press('unsubscribe-link');
    await page.getByTestId('preferences-email').fill(email);
    await page.getByLabel('Write me no more letters.').check();
    await press('preferences-submit');
    await page.getByText('Letters: accepted.').waitFor();
    await context.close();
    const ended = await waitFor('the end', {
      look: async () => consentOf(await klaviyo.subscriptions(email)),
      isEnough: (seen) => seen.email === 'UNSUBSCRIBED',
    });

    expect({ asked, confirmed: consentOf(member?.subscriptions), ended }).toEqual({
      asked: [],
      confirmed: { email: 'SUBSCRIBED', sms: 'NEVER_SUBSCRIBED' },
      ended: { email: 'UNSUBSCRIBED', sms: 'NEVER_SUBSCRIBED' },
    });
  });

  test('the proxy serves the script: for minutes under its name, for ever under its version, as the published hash says', async () => {
    const { proxy } = stackNow().stack.urls;
    const { version, integrity } = PUBLISHED;
    const asked = await Promise.all([`${proxy}/sluice.js`, `${proxy}/sluice.${version}.js`].map((url) => fetch(url)));
    const seen = asked.map(async (answer) => ({
      status: answer.status,
      kept: answer.headers.get('cache-control'),
      readable: answer.headers.get('access-control-allow-origin'),
      type: answer.headers.get('content-type'),
      integrity: `sha384-${createHash('sha384')
        .update(await answer.text())
        .digest('base64')}`,
    }));
    const script = { status: 200, readable: '*', type: 'text/javascript; charset=utf-8', integrity };
    expect(await Promise.all(seen)).toEqual([
      { ...script, kept: 'public, max-age=300, stale-while-revalidate=86400' },
      { ...script, kept: 'public, max-age=31536000, immutable' },
    ]);
  });

  test('The key stays at the edge: nothing that these visitors were served holds it', async () => {
    const bodies = await Promise.all(served);
    expect({
      anything: bodies.length > 50,
      withKey: bodies.filter((body) => body.includes(KLAVIYO_KEY)),
      loggedKey: stackNow().output('proxy').includes(KLAVIYO_KEY),
      loggedEmail: stackNow().output('proxy').includes(MAIL_DOMAIN),
    }).toEqual({ anything: true, withKey: [], loggedKey: false, loggedEmail: false });
  });
});

const accepting: Choice = { consent: 'consent-accept', beforeLeaving: (shopper, told) => shopper.told(told) };
const refusing: Choice = {
  consent: 'consent-refuse',
  beforeLeaving: ({ page }) => page.getByText('You refused, so nothing is sent.').waitFor(),
};

/** Klaviyo keeps whole seconds, so the order within a second is nobody's; what belongs to a metric is sorted by its text. */
function byMetric(events: KlaviyoEvent[]): Record<string, KlaviyoEvent[]> {
  const sorted = events.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  return Object.fromEntries(
    [...Map.groupBy(sorted, ({ metric }) => metric)].toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

/** Marketing consent of the two channels, from what `additional-fields[profile]=subscriptions` adds. */
function consentOf(subscriptions: unknown): Record<'email' | 'sms', unknown> {
  const { email, sms } = subscriptions as Record<'email' | 'sms', { marketing: { consent: unknown } }>;
  return { email: email.marketing.consent, sms: sms.marketing.consent };
}

const orderOf = ({ metric, value, properties }: KlaviyoEvent) =>
  `${metric} ${value ?? ''} ${properties.url ?? ''} ${properties.ProductID ?? ''}`;

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchChromium } from './support/chromium.ts';
import { MAIL_DOMAIN, SECRET_KEY } from './support/demo.ts';
import { useStack } from './support/testStack.ts';
import { waitFor } from './support/waitFor.ts';

const EMAIL = `grace${MAIL_DOMAIN}`;

describe.skipIf(!hasChromium("a mail's way out"))('an unsubscribe link, in Chromium', () => {
  const stackNow = useStack();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** What the shop's back end asks of the proxy. */
  const post = (path: string, body: object) =>
    stackNow().proxy.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      body: JSON.stringify(body),
    });
  const consent = async () => {
    const { profiles } = await stackNow().klaviyo.state();
    return profiles.find(({ email }) => email === EMAIL)?.consent.email.consent;
  };

  test('asks first, then takes one click, and Klaviyo knows', async () => {
    await post('/v1/subscribe', { email: EMAIL, evidence: { formText: 'Yes.' } });
    await waitFor('the subscriber', { look: consent, isEnough: (now) => now === 'SUBSCRIBED' });
    const { body } = await post('/v1/unsubscribe/links', { links: [{ email: EMAIL }] });
    const [{ url = '' } = {}] = body.links as { url: string }[];

    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    const asked = await page.getByRole('heading').textContent();
    const width = await page.evaluate(() => getComputedStyle(document.body).maxWidth);
    const before = await consent();
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    await waitFor('the opt-out', { look: consent, isEnough: (now) => now === 'UNSUBSCRIBED' });

    // A browser asks for an icon by itself; what the page's own policy refuses would be a complaint.
    const refused = complaints.filter((text) => !text.includes('404'));
    const named = (await page.content()).includes(EMAIL);
    expect([asked, width !== 'none', before, refused, named]).toEqual(['Unsubscribe', true, 'SUBSCRIBED', [], false]);
  });
});

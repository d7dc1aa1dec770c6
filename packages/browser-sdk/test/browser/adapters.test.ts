import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { followConsentMode } from '../../src/adapters/consentMode.ts';
import { followCookiebot } from '../../src/adapters/cookiebot.ts';
import { takeOverKlaviyo } from '../../src/adapters/klaviyo.ts';
import { followOneTrust } from '../../src/adapters/onetrust.ts';
import { tagShopifyCart } from '../../src/adapters/shopifyCart.ts';
import { followShopifyPrivacy } from '../../src/adapters/shopifyPrivacy.ts';
import { followTcf } from '../../src/adapters/tcf.ts';

/** What a consent manager puts on the page, and what the adapters read there. */
// biome-ignore lint/suspicious/noExplicitAny: the page's globals are whatever a vendor makes them.
const page = window as any;

const GLOBALS = [
  'dataLayer',
  '__tcfapi',
  'OneTrust',
  'OnetrustActiveGroups',
  'Cookiebot',
  'Shopify',
  'klaviyo',
  '_learnq',
  '_klOnsite',
];
afterEach(() => {
  for (const name of GLOBALS) delete page[name];
});

function recorder() {
  const said: unknown[] = [];
  return { said, consent: (choices: Record<string, boolean>) => said.push(choices) };
}

describe('Google Consent Mode', () => {
  // As Google's snippet has it: the data layer holds `arguments` objects.
  function gtag(..._command: unknown[]) {
    // biome-ignore lint/complexity/noArguments: see above.
    page.dataLayer.push(arguments);
  }

  it('says nothing for a default, and what an update says, made before it came or after, with what was known', () => {
    page.dataLayer = [];
    gtag('consent', 'default', { ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });
    const before = recorder();
    followConsentMode(before);
    const atFirst = [...before.said];
    gtag('consent', 'update', { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' });
    gtag('event', 'purchase', {});
    gtag('consent', 'update', { analytics_storage: 'granted', ad_user_data: 'denied' });
    const late = recorder();
    followConsentMode(late);
    expect({ atFirst, said: before.said, late: late.said, entries: page.dataLayer.length }).toEqual({
      atFirst: [],
      said: [{ marketing: true }, { marketing: false, analytics: true }],
      late: [{ marketing: true }, { marketing: false, analytics: true }],
      entries: 4,
    });
  });

  it('makes a data layer where none is yet', () => {
    const visitor = recorder();
    followConsentMode(visitor);
    gtag('consent', 'update', { analytics_storage: 'denied' });
    expect(visitor.said).toEqual([{ analytics: false }]);
  });
});

describe('TCF v2.2', () => {
  const all = { 1: true, 3: true, 4: true, 8: true };
  it.each([
    ['the question', { eventStatus: 'cmpuishown', purpose: { consents: {} } }, true, []],
    [
      'a stored yes',
      { eventStatus: 'tcloaded', purpose: { consents: all } },
      true,
      [{ marketing: true, analytics: true }],
    ],
    [
      'a no',
      { eventStatus: 'useractioncomplete', purpose: { consents: {} } },
      true,
      [{ marketing: false, analytics: false }],
    ],
    [
      'a partial yes',
      { eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 8: true } } },
      true,
      [{ marketing: false, analytics: true }],
    ],
    ['no GDPR', { eventStatus: 'tcloaded', gdprApplies: false }, true, []],
    ['a failure', {}, false, []],
  ])('%s', (_title, data, isOk, said) => {
    const visitor = recorder();
    page.__tcfapi = (_command: string, _version: number, callback: (data: object, isOk: boolean) => void) =>
      callback(data, isOk);
    followTcf(visitor);
    expect(visitor.said).toEqual(said);
  });

  it('says nothing where no consent manager is', () => {
    const visitor = recorder();
    followTcf(visitor);
    expect(visitor.said).toEqual([]);
  });
});

it('OneTrust: says nothing before the banner is closed, then every change', () => {
  const visitor = recorder();
  let isClosed = false;
  page.OneTrust = { IsAlertBoxClosed: () => isClosed };
  page.OnetrustActiveGroups = ',C0001,C0002,C0004,';
  followOneTrust(visitor);
  dispatchEvent(new Event('OneTrustGroupsUpdated'));
  const before = [...visitor.said];
  isClosed = true;
  dispatchEvent(new Event('OneTrustGroupsUpdated'));
  page.OnetrustActiveGroups = ',C0001,';
  dispatchEvent(new Event('OneTrustGroupsUpdated'));
  expect([before, visitor.said]).toEqual([
    [],
    [
      { analytics: true, functional: false, marketing: true },
      { analytics: false, functional: false, marketing: false },
    ],
  ]);
});

it('Cookiebot: says nothing before an answer, then every change', () => {
  const visitor = recorder();
  page.Cookiebot = { hasResponse: false, consent: { marketing: false, statistics: false, preferences: false } };
  followCookiebot(visitor);
  const before = [...visitor.said];
  page.Cookiebot = { hasResponse: true, consent: { marketing: true, statistics: false, preferences: true } };
  dispatchEvent(new Event('CookiebotOnAccept'));
  expect([before, visitor.said]).toEqual([[], [{ marketing: true, analytics: false, functional: true }]]);
});

it('Shopify: loads the API where needed, says what is decided only, and follows the banner', () => {
  const visitor = recorder();
  let said: Record<string, string> = { marketing: '', analytics: '', preferences: '' };
  const features: unknown[] = [];
  page.Shopify = {
    loadFeatures(wanted: unknown[], callback: () => void) {
      features.push(...wanted);
      page.Shopify.customerPrivacy = { currentVisitorConsent: () => said };
      callback();
    },
  };
  followShopifyPrivacy(visitor);
  said = { marketing: 'no', analytics: 'yes', preferences: '' };
  document.dispatchEvent(new Event('visitorConsentCollected'));
  expect([features, visitor.said]).toEqual([
    [{ name: 'consent-tracking-api', version: '0.1' }],
    [{}, { marketing: false, analytics: true }],
  ]);
});

describe('the Shopify cart', () => {
  const answers = (ok: boolean) => {
    const calls: unknown[] = [];
    const spy = vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
      calls.push([url, JSON.parse(`${init?.body}`)]);
      return new Response('{}', { status: ok ? 200 : 422 });
    });
    onTestFinished(() => spy.mockRestore());
    return calls;
  };

  it('gets the anonymous id as an attribute', async () => {
    const calls = answers(true);
    const isWritten = await tagShopifyCart({ anonymousId: () => 'id-1' }, { root: '/de/' });
    expect([isWritten, calls]).toEqual([true, [['/de/cart/update.js', { attributes: { _sluice_id: 'id-1' } }]]]);
  });

  it('gets nothing while tracking is not permitted, and a refusal is no error', async () => {
    const calls = answers(false);
    const written = [
      await tagShopifyCart({ anonymousId: () => null }),
      await tagShopifyCart({ anonymousId: () => 'id-1' }),
    ];
    expect([written, calls.length]).toEqual([[false, false], 1]);
  });
});

it("klaviyo.js's calls go to Sluice: those made before, in both queues, and those made after, in each form", async () => {
  const calls: unknown[] = [];
  page._learnq = [['identify', { $email: 'ada@example.com', $first_name: 'Ada', $id: 'user-7', Plan: 'gold' }]];
  page.klaviyo = [['track', 'Viewed Product', { ProductID: '1' }]];
  takeOverKlaviyo({
    track: (...args: unknown[]) => void calls.push(['track', ...args]),
    identify: (...args: unknown[]) => void calls.push(['identify', ...args]),
  } as never);
  page._learnq.push(['track', 'Added to Cart', { $value: 9 }]);
  page.klaviyo.push(['identify', { phone_number: '+15005550006' }]);
  const answers = await Promise.all([
    page.klaviyo.track('Started Checkout'),
    page.klaviyo.isIdentified(),
    page.klaviyo.openForm('x'),
  ]);
  expect([calls, answers]).toEqual([
    [
      ['identify', 'user-7', { email: 'ada@example.com', firstName: 'Ada', Plan: 'gold' }, {}, undefined],
      ['track', 'Viewed Product', { ProductID: '1' }, {}, undefined],
      ['track', 'Added to Cart', { $value: 9 }, {}, undefined],
      ['identify', undefined, { phone: '+15005550006' }, {}, undefined],
      ['track', 'Started Checkout', undefined, {}, undefined],
    ],
    [undefined, undefined, undefined],
  ]);
});

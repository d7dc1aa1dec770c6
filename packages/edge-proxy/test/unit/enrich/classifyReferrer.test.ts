import { describe, expect, it } from 'vitest';
import { classifyReferrer } from '../../../src/enrich/classifyReferrer.ts';
import { readCampaign } from '../../../src/enrich/readCampaign.ts';

const SHOP = 'https://www.shop.example/p/1';

function classify(referrer: string | undefined, search = '', pageUrl = SHOP) {
  const campaign = readCampaign(search, undefined);
  return classifyReferrer({ referrer, pageUrl, hosts: ['brand.example'], campaign });
}

describe('how somebody came', () => {
  it.each([
    ['', 'direct', undefined],
    [undefined, undefined, undefined],
    ['https://shop.example/', 'internal', undefined],
    ['https://checkout.shop.example/pay', 'internal', undefined],
    ['https://brand.example/', 'internal', undefined],
    ['https://notshop.example/', 'other', 'notshop.example'],
    ['https://www.google.co.uk/', 'search', 'google.co.uk'],
    ['https://de.search.yahoo.com/', 'search', 'de.search.yahoo.com'],
    ['android-app://com.google.android.googlequicksearchbox/', 'search', 'com.google.android.googlequicksearchbox'],
    ['https://mail.google.com/', 'email', 'mail.google.com'],
    ['android-app://com.google.android.gm/', 'email', 'com.google.android.gm'],
    ['https://outlook.live.com/', 'email', 'outlook.live.com'],
    ['https://l.instagram.com/', 'social', 'l.instagram.com'],
    ['https://t.co/abc', 'social', 't.co'],
    ['https://boot.com/', 'other', 'boot.com'],
    ['https://dailymail.co.uk/', 'other', 'dailymail.co.uk'],
    ['HTTPS://WWW.BING.COM/?q=1', 'search', 'bing.com'],
    ['not an address', undefined, undefined],
    [`https://${'x'.repeat(254)}/`, undefined, undefined],
  ])('is told by the referrer: %s', (referrer, kind, host) => {
    expect(classify(referrer)).toEqual({ ...(kind && { kind }), ...(host && { host }) });
  });

  it.each([
    ['?utm_medium=cpc', 'paid'],
    ['?utm_medium=paid_social&utm_source=facebook', 'paid'],
    ['?gclid=abc', 'paid'],
    ['?utm_medium=Email&utm_source=klaviyo', 'email'],
    ['?utm_medium=e-mail', 'email'],
    ['?_kx=abc', 'email'],
    ['?utm_source=email', 'email'],
    ['?utm_medium=social', 'social'],
    ['?fbclid=abc', 'social'],
    ['?utm_medium=organic', 'search'],
    ['?utm_medium=affiliate', 'other'],
    ['?page=2', 'direct'],
  ])('is told by the campaign rather than the referrer: %s', (search, kind) => {
    expect(classify('', search).kind).toBe(kind);
  });

  it('leaves what the referrer proves to a campaign that says nothing of it', () => {
    expect(classify('https://www.google.com/', '?utm_source=spring').kind).toBe('search');
  });
});

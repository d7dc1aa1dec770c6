import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../../src/enrich/readCampaign.ts';

const none = { utm: {}, clickIds: {}, initial: { utm: {}, clickIds: {} }, isKlaviyos: false };

describe('what led to a page', () => {
  it.each([
    ['nothing', '', undefined, none],
    [
      "its address' parameters",
      '?utm_source=google&utm_medium=cpc&utm_campaign=spring%20sale&utm_other=x&gclid=G-1',
      undefined,
      {
        ...none,
        utm: { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'spring sale' },
        clickIds: { gclid: 'G-1' },
      },
    ],
    [
      "the visit's, as the SDK remembers it",
      '?page=2',
      { campaign: { name: 'spring', source: 'news', medium: 'email', other: 'x' } },
      { ...none, utm: { utm_campaign: 'spring', utm_source: 'news', utm_medium: 'email' } },
    ],
    [
      'the newer one, never a mixture',
      '?utm_source=google',
      { campaign: { source: 'news', term: 'mugs' } },
      { ...none, utm: { utm_source: 'google' } },
    ],
    [
      'the first one beside it',
      '',
      { campaign: { source: 'news' }, initialCampaign: { source: 'google', name: 'launch' } },
      {
        ...none,
        utm: { utm_source: 'news' },
        initial: { utm: { utm_source: 'google', utm_campaign: 'launch' }, clickIds: {} },
      },
    ],
    [
      'those of the addresses that the visit and the first one began at, as our SDK keeps them',
      '?page=2',
      {
        lastTouch: { url: 'https://shop.example/?utm_source=news&gclid=G-2', referrer: '' },
        firstTouch: { url: 'https://shop.example/?utm_source=google&gclid=G-1', referrer: '' },
      },
      {
        ...none,
        utm: { utm_source: 'news' },
        clickIds: { gclid: 'G-2' },
        initial: { utm: { utm_source: 'google' }, clickIds: { gclid: 'G-1' } },
      },
    ],
    [
      'the newer one, without the click id of the one before',
      '?utm_source=google',
      { lastTouch: { url: '/?utm_source=news&gclid=G-1' } },
      { ...none, utm: { utm_source: 'google' } },
    ],
    ['none where those say nothing', '', { lastTouch: { url: 'https://shop.example.com/' }, firstTouch: 'x' }, none],
    ["a link in one of Klaviyo's messages", '?_kx=abc', undefined, { ...none, isKlaviyos: true }],
    ['what is no text', '', { campaign: { source: 7, medium: { a: 1 }, name: '  ' } }, none],
    ['a campaign that is none', '', { campaign: ['x'], initialCampaign: 'x' }, none],
    ['half a character', '', { campaign: { source: 'a\ud800' } }, { ...none, utm: { utm_source: 'a\ufffd' } }],
  ])('is %s', (_title, search, context, expected) => {
    expect(readCampaign(search, context)).toEqual(expected);
  });

  it('stands in a query as URLSearchParams reads it, whatever else does', () => {
    const word = fc.constantFrom(
      'utm_source',
      'utm%5Fsource',
      'utm_source+',
      'gclid',
      '_kx',
      'q',
      '',
      '%',
      '+',
      'a b',
      'é',
    );
    const pair = fc.tuple(word, fc.constantFrom('=', '', '=='), word).map((parts) => parts.join(''));
    const queries = fc
      .tuple(fc.constantFrom('?', '', '??', '&'), fc.array(pair))
      .map(([start, pairs]) => start + pairs.join('&'));
    fc.assert(
      fc.property(queries, (search) => {
        const query = new URLSearchParams(search);
        const { utm, clickIds, isKlaviyos } = readCampaign(search, undefined);
        const text = (name: string) => query.get(name)?.trim() || undefined;
        expect([utm.utm_source, clickIds.gclid, isKlaviyos]).toEqual([
          text('utm_source'),
          text('gclid'),
          query.has('_kx'),
        ]);
      }),
    );
  });

  it('is cut where no honest parameter goes on', () => {
    expect(readCampaign(`?gclid=${'x'.repeat(1000)}`, undefined).clickIds.gclid).toHaveLength(400);
  });
});

import { describe, expect, it } from 'vitest';
import { followLimits } from '../../../src/klaviyo/followLimits.ts';
import { parseRateLimit } from '../../../src/klaviyo/parseRateLimit.ts';

describe('RateLimit-Limit', () => {
  it.each([
    ['150', { perMinute: 150 }],
    [' 700 ', { perMinute: 700 }],
    ['10, 10;w=1, 150;w=60', { perSecond: 10, perMinute: 150 }],
    ['150, 10;w=1, 150;w=60', { perSecond: 10, perMinute: 150 }],
    ['10,10;w=1,150;w=60', { perSecond: 10, perMinute: 150 }],
    ['10, 10; w=1; burst=5, 150; w=60', { perSecond: 10, perMinute: 150 }],
    ['60;w=60', { perMinute: 60 }],
    ['150, 150;w=60, 5000;w=86400', { perMinute: 150 }],
    ['0', { perMinute: 0 }],
    [null, {}],
    ['', {}],
    ['many', {}],
    ['-5', {}],
    ['1e3', {}],
    ['10.5', {}],
    ['99999999999999999999', {}],
    ['150, 150', {}],
    ['x;w=1, y;w=60', {}],
    ['10;w=1;w=60', { perSecond: 10 }],
    [';w=1,;;,,', {}],
  ])('%j says %j', (header, expected) => {
    expect(parseRateLimit(header)).toEqual(expected);
  });
});

describe('the limit that is kept', () => {
  const table = { perSecond: 10, perMinute: 150 };
  it.each([
    ["the table's where nothing is said", undefined, table],
    ["Klaviyo's where it grants less", { perMinute: 60 }, { perSecond: 10, perMinute: 60 }],
    ["Klaviyo's where it grants more", { perSecond: 30, perMinute: 700 }, { perSecond: 30, perMinute: 700 }],
    [
      'one call where it says none: a header is not a stop',
      { perSecond: 0, perMinute: 0 },
      { perSecond: 1, perMinute: 1 },
    ],
    ['ten times the table at most', { perSecond: 1e6, perMinute: 1e6 }, { perSecond: 100, perMinute: 1500 }],
  ])('is %s', (_title, said, expected) => {
    expect(followLimits(table, said)).toEqual(expected);
  });
});

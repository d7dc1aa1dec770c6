import { normalizeEmail } from '@sluice/shared';
import { isSamePhone, normalizePhone } from '@sluice/shared/phone';
import { describe, expect, it } from 'vitest';

describe('normalizeEmail', () => {
  it.each([
    [' Ada@Example.COM\n', 'ada@example.com'],
    ['a+b@example.com', 'a+b@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['a.b@shop.example.co.uk', 'a.b@shop.example.co.uk'],
    ['a@xn--bcher-kva.example.com', 'a@xn--bcher-kva.example.com'],
    ['A@B\u00fccher.example.com', 'a@xn--bcher-kva.example.com'],
    ['a@bu\u0308cher.example.com', 'a@xn--bcher-kva.example.com'],
    ['a@\u4f8b\u3048.example', 'a@xn--r8jz45g.example'],
    [`${'a'.repeat(88)}@example.com`, `${'a'.repeat(88)}@example.com`],
  ])('reads %j', (text, address) => {
    expect(normalizeEmail(text)).toBe(address);
  });

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'ada@@example.com',
    '.ada@example.com',
    'a..da@example.com',
    'ada@-example.com',
    'ada@example..com',
    'ada lovelace@example.com',
    'Ada <ada@example.com>',
    'ada@example.com,eve@example.com',
    'ada@127.0.0.1',
    'ada@example.com\u200b',
    'd\u00f6rte@example.com',
    // Both become ASCII letters when they are lower- or upper-cased, and the address somebody else's.
    '\u212aate@example.com',
    '\u017fam@example.com',
    'ada@\u0661\u0662\u0667.0.0.1',
    'ada@b\u00fccher.example.com/x@shop.example',
    'ada@b\u00fccher',
    `a@${'\u00fc'.repeat(80)}.example`,
    `${'a'.repeat(89)}@example.com`,
    `${'a.'.repeat(50_000)}@`,
    '',
    null,
    7,
    ['ada@example.com'],
  ])('takes %j for none', (value) => {
    expect(normalizeEmail(value)).toBeUndefined();
  });
});

describe('normalizePhone', () => {
  it.each([
    ['+14155550100', undefined, '+14155550100'],
    [' +1 (415) 555-0100 ', undefined, '+14155550100'],
    ['+44\u00a020\u20117946.0000', 'US', '+442079460000'],
    ['020 7946 0000', 'GB', '+442079460000'],
    ['0044 20 7946 0000', 'DE', '+442079460000'],
    ['011 44 20 7946 0000', 'US', '+442079460000'],
    // The 0 in parentheses is dialled at home only.
    ['+49 (0)30 1234567', undefined, '+49301234567'],
    // Italy keeps its 0, Argentina's 15 becomes a 9.
    ['06 12345678', 'IT', '+390612345678'],
    ['011 15 2345-6789', 'AR', '+5491123456789'],
    // Ofcom's numbers for fiction are in no plan: the length alone speaks for them.
    ['+44 7700 900123', undefined, '+447700900123'],
    ['+800 1234 5678', undefined, '+80012345678'],
  ])('reads %j in %s', (text, country, number) => {
    expect(normalizePhone(text, country)).toBe(number);
  });

  it.each([
    ['020 7946 0000', undefined],
    ['020 7946 0000', 'XX'],
    ['020 7946 0000', 'T1'],
    ['0044 20 7946 0000', undefined],
    ['07700 900123', 'GB'],
    ['911', 'US'],
    ['+0 123 456 789', undefined],
    ['+1 415 555 0100 ext. 5', undefined],
    ['call +1 415 555 0100', undefined],
    ['1-800-FLOWERS', 'US'],
    ['+1', undefined],
    ['+123456', undefined],
    ['+1234567890123456', undefined],
    [`+1${' '.repeat(50)}4155550100`, undefined],
    ['', 'DE'],
    [14155550100, 'US'],
    [null, 'US'],
    [['+14155550100'], undefined],
  ])('takes %j in %s for none', (value, country) => {
    expect(normalizePhone(value, country)).toBeUndefined();
  });
});

describe('isSamePhone', () => {
  it('knows a number in both its forms', () => {
    const texts = ['+44 20 7946 0000', '020 7946 0000', '020 7946 0001', '+1 415 555 0100', 'none', null];
    expect(texts.filter((text) => isSamePhone(text, '+442079460000'))).toEqual(texts.slice(0, 2));
  });
});

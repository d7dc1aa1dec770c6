import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../../src/map/read/readNumber.ts';

describe('a number that came as a text', () => {
  it.each(['9223372036854775808', '-9223372036854775808', 2 ** 63, 1e300])(
    '%s has more than the 64 bits that Klaviyo has room for, and is none',
    (value) => {
      expect(readNumber(value)).toBeUndefined();
    },
  );

  it.each([
    ['19.90', 19.9],
    ['19,90', 19.9],
    ['5', 5],
    ['5.', 5],
    ['.5', 0.5],
    [',50', 0.5],
    [' 49,90 ', 49.9],
    ['-49,90', -49.9],
    ['+12', 12],
    ['1234.567', 1234.567],
    ['0,125', 0.125],
    ['1.0000', 1],
    ['1.234,50', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,567', 1234.567],
    ['12.345.678', 12345678],
    ['12,345,678', 12345678],
    ['1,23,456.50', 123456.5],
    ['1 234,50', 1234.5],
    ['1\u202f234\u00a0567,5', 1234567.5],
    ["1'234.50", 1234.5],
    ['1’234', 1234],
  ])('%s is %d', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each([
    '1.234',
    '1,234',
    '-12.500',
    '123,456',
    '1.23.456',
    '1,2,3',
    '1.234.56',
    '1,234,50',
    '12 34',
    '1 234 56',
    '49,90 €',
    'EUR 5',
    '1e3',
    '0x10',
    'NaN',
    '٣',
    '1 2',
    '.',
    ',',
    '-',
    '--5',
    '',
    '9'.repeat(33),
  ])('%j is none, or could be two', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });

  const locales = ['de-DE', 'en-US', 'fr-FR', 'de-CH', 'en-IN', 'pt-BR', 'sv-SE', 'da-DK', 'es-ES', 'nb-NO'];
  it('however a country writes it, is read as what was meant or not at all', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000_00 }).map((cents) => cents / 100);
    const digits = fc.constantFrom(0, 2, 3);
    fc.assert(
      fc.property(amount, fc.constantFrom(...locales), digits, (meant, locale, minimumFractionDigits) => {
        const format = new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: 3 });
        const read = readNumber(format.format(meant));
        return read === undefined || read === meant;
      }),
      { numRuns: 2000 },
    );
  });

  it('with two decimals is always read', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000_00 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(amount, fc.constantFrom(...locales), (meant, locale) => {
        const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
        return readNumber(format.format(meant)) === meant;
      }),
      { numRuns: 2000 },
    );
  });
});

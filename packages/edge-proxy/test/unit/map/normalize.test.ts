import { normalizeEmail, normalizePhone } from '@sluice/shared';
import { describe, expect, it } from 'vitest';

describe('normalizeEmail', () => {
  it.each([
    [' Ada@Example.COM\n', 'ada@example.com'],
    ['a+b@example.com', 'a+b@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['a.b@shop.example.co.uk', 'a.b@shop.example.co.uk'],
    ['a@xn--bcher-kva.example.com', 'a@xn--bcher-kva.example.com'],
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
    ['+14155550100', '+14155550100'],
    [' +1 (415) 555-0100 ', '+14155550100'],
    ['+44\u00a020\u20117946.0000', '+442079460000'],
  ])('reads %j', (text, number) => {
    expect(normalizePhone(text)).toBe(number);
  });

  it.each([
    '4155550100',
    '0044 20 7946 0000',
    '+0 123 456 789',
    '+49 (0)30 1234567',
    '+1 415 555 0100 ext. 5',
    '+123456',
    '+1234567890123456',
    `+1${' '.repeat(50)}4155550100`,
    '',
    14155550100,
    null,
  ])('takes %j for none', (value) => {
    expect(normalizePhone(value)).toBeUndefined();
  });
});

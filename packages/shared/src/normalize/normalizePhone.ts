import { MAX_PHONE_TEXT_LENGTH } from '../limits.ts';

/** ITU-T E.164: a plus, a country code that never starts with 0, at most 15 digits in all. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** Spaces, dots, parentheses and every dash that text editors put into phone numbers. */
const SEPARATORS = /[\s.()\-\u2010-\u2015]/g;

/**
 * Reads a phone number that names its country; undefined when it cannot be read without guessing.
 * @example normalizePhone('+1 (415) 555-0100') // '+14155550100'
 */
export function normalizePhone(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_PHONE_TEXT_LENGTH) return undefined;
  // "+49 (0)30 …": the 0 is dialled at home only; keeping it would make another, valid-looking number.
  if (/\(\s*0\s*\)/.test(value)) return undefined;
  const number = value.replace(SEPARATORS, '');
  return E164.test(number) ? number : undefined;
}

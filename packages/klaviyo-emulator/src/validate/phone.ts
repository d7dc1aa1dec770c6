import { type Check, complain } from './check.ts';

// E.164: plus, country code without a leading zero, 8 to 15 digits in all.
const E164 = /^\+[1-9]\d{7,14}$/;

export function isPhoneNumber(value: unknown): boolean {
  return typeof value === 'string' && E164.test(value);
}

export const phone: Check = (value, at, on) => {
  if (!isPhoneNumber(value)) complain(on, at, 'Invalid phone number format (Example of a valid format: +12345678901)');
};

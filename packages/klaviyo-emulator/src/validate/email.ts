import { MAX_EMAIL_CHARS } from '../limits.ts';
import { type Check, complain } from './check.ts';

const EMAIL = /^[^\s@<>()[\],;:"\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

export function isEmail(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_EMAIL_CHARS || !EMAIL.test(value)) return false;
  const local = value.slice(0, value.lastIndexOf('@'));
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

export const email: Check = (value, at, on) => {
  if (!isEmail(value)) complain(on, at, 'Invalid email address');
};

import { MAX_STRING_BYTES } from '../limits.ts';
import { type Check, complain } from './check.ts';
import { exceedsBytes } from './exceedsBytes.ts';

/** Any string within Klaviyo's 100 KB. */
export const string: Check = (value, at, on) => {
  if (typeof value !== 'string') complain(on, at, 'Not a valid string.');
  else if (exceedsBytes(value, MAX_STRING_BYTES))
    complain(on, at, `Strings may have at most ${MAX_STRING_BYTES} bytes.`);
};

export function text(length: { min?: number; max: number }): Check {
  return (value, at, on) => {
    if (typeof value !== 'string') return complain(on, at, 'Not a valid string.');
    if (value.length < (length.min ?? 0) || value.length > length.max)
      complain(on, at, `Must have ${length.min ?? 0} to ${length.max} characters, received ${value.length}.`);
  };
}

export const number: Check = (value, at, on) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) complain(on, at, 'Not a valid number.');
};

export const boolean: Check = (value, at, on) => {
  if (typeof value !== 'boolean') complain(on, at, 'Not a valid boolean.');
};

export function literal(...allowed: string[]): Check {
  return (value, at, on) => {
    if (!allowed.includes(String(value)) || typeof value !== 'string')
      complain(on, at, `Invalid value. Expected ${allowed.map((name) => `'${name}'`).join(' or ')}.`);
  };
}

export const stringOrNumber: Check = (value, at, on) => {
  if (typeof value !== 'string' && typeof value !== 'number') complain(on, at, 'Not a valid string or number.');
};

export const anything: Check = () => {};

/** ISO 4217: three capital letters. */
export const currency: Check = (value, at, on) => {
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) complain(on, at, 'Not a valid ISO 4217 currency code.');
};

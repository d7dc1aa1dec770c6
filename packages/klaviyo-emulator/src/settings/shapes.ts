import { isObject } from '../validate/object.ts';
import type { Shape } from './Shape.ts';

const MAX_SHOWN_CHARS = 60;

/** A value of which one sentence says everything. */
export function takes<T>(expected: string, holds: (value: unknown) => boolean): Shape<T> {
  return (value, path) => {
    if (holds(value)) return undefined;
    const lead = path === '' ? 'Expected' : `'${path}' takes`;
    return `${lead} ${expected}, not ${show(value)}.`;
  };
}

function show(value: unknown): string {
  // JSON has no NaN, and no functions.
  const text = typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
}

export const flag = takes<boolean>('true or false', (value) => typeof value === 'boolean');
export const text = takes<string>('a text', (value) => typeof value === 'string' && value !== '');
export const anyText = takes<string>('a text', (value) => typeof value === 'string');
export const callable = takes<never>('a function', (value) => typeof value === 'function');
export const anything: Shape = () => undefined;
export const positive = takes<number>('a number above 0', (value) => Number.isFinite(value) && Number(value) > 0);

export function whole(min: number, max = Number.MAX_SAFE_INTEGER): Shape<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  const holds = (value: unknown) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return takes(`a whole number ${range}`, holds);
}

export function wholeOrAll(min: number): Shape<number> {
  const holds = (value: unknown) =>
    value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && Number(value) >= min);
  return takes(`a whole number of ${min} or more, or Infinity`, holds);
}

export function oneOf<const T extends string | number>(...values: T[]): Shape<T> {
  return takes(values.map((value) => JSON.stringify(value)).join(' or '), (value) =>
    values.some((one) => one === value),
  );
}

/** What both have nothing against; the second is asked only where the first has nothing. */
export function both<T>(first: Shape<T>, second: Shape<T>): Shape<T> {
  return (value, path) => first(value, path) ?? second(value, path);
}

const object = takes('an object', isObject);
const list = takes('a list', Array.isArray);
const within = (path: string, key: string | number) => (path === '' ? String(key) : `${path}.${key}`);

type Fields<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };

/** An object with these keys and no others; a key that is not required may be absent or undefined. */
export function fields<T>(shapes: Fields<T>, required: readonly (keyof T & string)[] = []): Shape<T> {
  const known = new Map<string, Shape>(Object.entries(shapes));
  return (value, path) => {
    if (!isObject(value)) return object(value, path);
    const missing = required.find((key) => value[key] === undefined);
    if (missing !== undefined) return `'${within(path, missing)}' is required.`;
    for (const [key, member] of Object.entries(value)) {
      const shape = known.get(key);
      if (!shape) return `'${within(path, key)}' is unknown: expected one of ${[...known.keys()].join(', ')}.`;
      const wrong = member === undefined ? undefined : shape(member, within(path, key));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object whose keys are names of one kind. */
export function named<T>(
  kind: { expected: string; holds: (key: string) => boolean },
  shape: Shape<T>,
): Shape<Record<string, T>> {
  return (value, path) => {
    if (!isObject(value)) return object(value, path);
    for (const [key, member] of Object.entries(value)) {
      const wrong = kind.holds(key)
        ? shape(member, within(path, key))
        : `'${within(path, key)}' is not ${kind.expected}.`;
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return list(value, path);
    for (const [index, member] of value.entries()) {
      const wrong = shape(member, within(path, index));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

import { isObject } from '../validate/object.ts';
import type { Fault } from './faults.ts';
import type { ControlRead } from './post.ts';

const TYPES: Record<keyof Fault, 'string' | 'number' | 'boolean' | 'any'> = {
  operation: 'string',
  status: 'number',
  count: 'number',
  skip: 'number',
  html: 'boolean',
  delayMs: 'number',
  retryAfterSeconds: 'number',
  body: 'any',
  after: 'boolean',
  close: 'boolean',
};

/** One fault or a list of faults; an empty list ends all faults. */
export function asFaults(body: unknown): ControlRead<Fault[]> {
  const faults = Array.isArray(body) ? body : [body];
  for (const fault of faults) {
    if (!isObject(fault)) return { ok: false, error: 'A fault is an object.' };
    for (const [key, value] of Object.entries(fault)) {
      const type = Object.hasOwn(TYPES, key) ? Reflect.get(TYPES, key) : undefined;
      if (type === undefined) return { ok: false, error: `'${key}' is not a field of a fault.` };
      if (type !== 'any' && typeof value !== type) return { ok: false, error: `'${key}' of a fault takes a ${type}.` };
    }
  }
  // Every key and type was just checked.
  return { ok: true, value: faults as Fault[] };
}

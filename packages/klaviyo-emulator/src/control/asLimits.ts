import type { LimitOptions } from '../rate/createLimiter.ts';
import { isObject } from '../validate/object.ts';
import type { ControlRead } from './post.ts';

const KEYS = ['enabled', 'scale', 'seed', 'operations'];

/** Reads `{ enabled?, scale?, seed?, operations? }`; what is absent stays as it is. */
export function asLimits(body: unknown): ControlRead<LimitOptions> {
  if (!isObject(body)) return { ok: false, error: 'Limits are an object.' };
  const unknown = Object.keys(body).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return { ok: false, error: `'${unknown}' is not one of ${KEYS.join(', ')}.` };
  const { enabled, scale, seed, operations } = body;
  if (enabled !== undefined && typeof enabled !== 'boolean')
    return { ok: false, error: "'enabled' takes true or false." };
  if (scale !== undefined && !(typeof scale === 'number' && scale > 0))
    return { ok: false, error: "'scale' takes a number above 0." };
  if (seed !== undefined && typeof seed !== 'string') return { ok: false, error: "'seed' takes a string." };
  if (operations !== undefined && !isObject(operations)) return { ok: false, error: "'operations' takes an object." };
  // Every member was just checked; rates of single operations are merged over the tier's.
  return { ok: true, value: body as LimitOptions };
}

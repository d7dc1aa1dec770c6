import { MAX_ARRAY_ITEMS, MAX_NESTING_DEPTH, MAX_PROPERTIES, MAX_STRING_BYTES } from '../limits.ts';
import { type Check, complain, type Inspection } from './check.ts';
import { exceedsBytes } from './exceedsBytes.ts';
import { isObject } from './object.ts';
import { pointTo } from './pointTo.ts';

const MAX_INTEGER = 2 ** 63;

/** Custom properties of an event or a profile: free keys, bounded values. */
export const properties: Check = (value, at, on) => {
  if (!isObject(value)) return complain(on, at, "'properties' must be an object.");
  const names = Object.keys(value);
  if (names.length > MAX_PROPERTIES)
    complain(on, at, `At most ${MAX_PROPERTIES} properties may be given, received ${names.length}.`);
  walk(value, { at, depth: 1 }, on);
};

function walk(value: object, place: { at: string; depth: number }, on: Inspection): void {
  if (place.depth > MAX_NESTING_DEPTH) {
    complain(on, place.at, `Values may be nested at most ${MAX_NESTING_DEPTH} levels deep.`);
  } else if (Array.isArray(value) && value.length > MAX_ARRAY_ITEMS) {
    complain(on, place.at, `Arrays may have at most ${MAX_ARRAY_ITEMS} items, received ${value.length}.`);
  } else {
    for (const [key, member] of Object.entries(value)) walkMember(key, member, { place, on });
  }
}

function walkMember(
  key: string,
  member: unknown,
  { place, on }: { place: { at: string; depth: number }; on: Inspection },
): void {
  const detail = scalarProblem(member);
  const nested = typeof member === 'object' && member !== null;
  // Most members are small and fine, and need no pointer.
  if (detail === undefined && !nested) return;
  const at = pointTo(place.at, key);
  if (detail !== undefined) complain(on, at, detail);
  if (nested) walk(member, { at, depth: place.depth + 1 }, on);
}

function scalarProblem(value: unknown): string | undefined {
  if (typeof value === 'string' && exceedsBytes(value, MAX_STRING_BYTES))
    return `Strings may have at most ${MAX_STRING_BYTES} bytes.`;
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) > MAX_INTEGER)
    return 'Integers may have at most 64 bits.';
  return undefined;
}

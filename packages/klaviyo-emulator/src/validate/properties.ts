import { MAX_ARRAY_ITEMS, MAX_NESTING_DEPTH, MAX_PROPERTIES, MAX_STRING_BYTES } from '../limits.ts';
import { byteLength } from './byteLength.ts';
import { type Check, complain, type Inspection } from './check.ts';
import { isObject } from './object.ts';
import { pointerToken } from './pointerToken.ts';

const MAX_INTEGER = 2 ** 63;

/** Custom properties of an event or a profile: free keys, bounded values. */
export const properties: Check = (value, at, on) => {
  if (!isObject(value)) return complain(on, at, "'properties' must be an object.");
  const names = Object.keys(value);
  if (names.length > MAX_PROPERTIES)
    complain(on, at, `At most ${MAX_PROPERTIES} properties may be given, received ${names.length}.`);
  walk(value, { at, depth: 1 }, on);
};

function walk(value: unknown, place: { at: string; depth: number }, on: Inspection): void {
  if (typeof value === 'string') {
    if (byteLength(value) > MAX_STRING_BYTES)
      complain(on, place.at, `Strings may have at most ${MAX_STRING_BYTES} bytes.`);
  } else if (typeof value === 'number') {
    if (Number.isInteger(value) && Math.abs(value) > MAX_INTEGER)
      complain(on, place.at, 'Integers may have at most 64 bits.');
  } else if (typeof value === 'object' && value !== null) {
    walkMembers(value, place, on);
  }
}

function walkMembers(value: object, place: { at: string; depth: number }, on: Inspection): void {
  if (place.depth > MAX_NESTING_DEPTH) {
    complain(on, place.at, `Values may be nested at most ${MAX_NESTING_DEPTH} levels deep.`);
  } else if (Array.isArray(value) && value.length > MAX_ARRAY_ITEMS) {
    complain(on, place.at, `Arrays may have at most ${MAX_ARRAY_ITEMS} items, received ${value.length}.`);
  } else {
    for (const [key, member] of Object.entries(value))
      walk(member, { at: `${place.at}/${pointerToken(key)}`, depth: place.depth + 1 }, on);
  }
}

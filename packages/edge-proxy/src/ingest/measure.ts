import type { Json } from '@sluice/shared';

/** Deeper than any honest event; a body that nests without end must not exhaust the stack later on. */
export const MAX_DEPTH = 64;

/** UTF-8 spends at most three bytes on a UTF-16 unit; what JSON escapes is a unit that came as an escape or is alone. */
const MAX_BYTES_PER_UNIT = 6;
/** The longest that JSON writes a number, as in -1.2345678901234567e-100, with the comma behind it. */
const MAX_NUMBER_BYTES = 26;

/**
 * At most so many bytes does the JSON of a value have: one look, where writing it out to count would cost more than
 * all other checks. Undefined where it nests too deep.
 */
export function measure(value: unknown, depthLeft: number = MAX_DEPTH): number | undefined {
  switch (typeof value) {
    case 'string':
      return value.length * MAX_BYTES_PER_UNIT + 3;
    case 'object':
      return value === null ? 5 : measureContent(value as Json[] | { [key: string]: Json }, depthLeft);
    default:
      return MAX_NUMBER_BYTES;
  }
}

function measureContent(value: Json[] | { [key: string]: Json }, depthLeft: number): number | undefined {
  if (depthLeft === 0) return undefined;
  let bytes = 3;
  // For..in over a list too would make texts of its indexes.
  if (Array.isArray(value)) {
    for (const child of value) {
      const size = measure(child, depthLeft - 1);
      if (size === undefined) return undefined;
      bytes += size;
    }
    return bytes;
  }
  for (const key in value) {
    const size = measure(value[key], depthLeft - 1);
    if (size === undefined) return undefined;
    bytes += size + key.length * MAX_BYTES_PER_UNIT + 3;
  }
  return bytes;
}

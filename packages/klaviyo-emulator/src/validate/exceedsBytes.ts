import { byteLength } from './byteLength.ts';

// A character outside the first plane takes 4 bytes, and two units of a JavaScript string.
const MAX_BYTES_PER_UNIT = 3;

/** Whether a text has more than `max` bytes in UTF-8; counts them only where it could. */
export function exceedsBytes(text: string, max: number): boolean {
  return text.length * MAX_BYTES_PER_UNIT > max && byteLength(text) > max;
}

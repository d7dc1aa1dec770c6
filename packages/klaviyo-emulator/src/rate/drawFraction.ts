import { hashText } from './hashText.ts';

const VALUES = 2 ** 32;

/** A number from 0 to below 1 that follows from a text, for chances that have to repeat themselves. */
export function drawFraction(text: string): number {
  // The last step of MurmurHash3: without it, texts that differ in a last digit come out as neighbours.
  let hash = hashText(text);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / VALUES;
}

import { MAX_ID_LENGTH } from '@sluice/shared';
import { wellFormed } from './wellFormed.ts';

const HASH_DIGITS = 16;

/**
 * Fits an id into Klaviyo's 255 characters. A longer one keeps its start and ends in a hash of the whole, so that two
 * ids with the same start stay two, and every retry and every reporter of the same order gets the same text.
 */
export function boundId(id: string): string {
  if (id.length <= MAX_ID_LENGTH) return wellFormed(id);
  return `${wellFormed(id.slice(0, MAX_ID_LENGTH - HASH_DIGITS - 1))}~${hashText(id)}`;
}

/** FNV-1a, 64 bits, as hexadecimal. Synchronous, which crypto.subtle is not; nobody gains by a collision of their own ids. */
function hashText(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(HASH_DIGITS, '0');
}

import type { Json } from '@sluice/shared';

/**
 * Reads a text, or a number written as one (ids often are); undefined when there is nothing to read. So is an integer of
 * more digits than JSON's numbers carry: two orders would have one id.
 */
export function readText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

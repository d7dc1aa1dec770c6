import type { Json } from '@sluice/shared';

/** Reads a text, or a number written as one (ids often are); undefined when there is nothing to read. */
export function readText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

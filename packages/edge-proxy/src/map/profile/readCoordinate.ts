import type { Json } from '@sluice/shared';

/** Reads degrees. A text is read with its dot as the decimal sign: nobody groups the digits of a coordinate. */
export function readCoordinate(value: Json | undefined, max: number): number | undefined {
  const degrees = typeof value === 'string' && /^-?\d{1,3}(?:\.\d{1,20})?$/.test(value) ? Number(value) : value;
  return typeof degrees === 'number' && Math.abs(degrees) <= max ? degrees : undefined;
}

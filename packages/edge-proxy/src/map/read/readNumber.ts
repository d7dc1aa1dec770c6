import type { Json } from '@sluice/shared';
import { MAX_NUMBER_TEXT_LENGTH } from '../limits.ts';

/** Plain decimals only: "19,90" is nineteen or nineteen hundred depending on where one was born, so it is neither. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** Reads a number, or a text that is one ("19.90"). */
export function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > MAX_NUMBER_TEXT_LENGTH) return undefined;
  const text = value.trim();
  return DECIMAL.test(text) ? Number(text) : undefined;
}

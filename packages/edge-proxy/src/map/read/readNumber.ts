import type { Json } from '@sluice/shared';
import { MAX_INTEGER, MAX_NUMBER_TEXT_LENGTH } from '../limits.ts';

/** Groups of three (or, in India, of two before the last three), and then decimals behind another sign. */
const GROUPED = [
  { pattern: /^\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?$/, group: /[ \u00a0\u202f'’]/g },
  { pattern: /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/, group: /\./g },
  { pattern: /^\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+$|^\d{1,3}(?:,\d{2,3})+,\d{3}$/, group: /,/g },
];

const PLAIN = /^(?:\d+[.,]?\d*|[.,]\d+)$/;

/** A thousand and something in one country, one and something in another. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Reads a number, or a text that can only be one: "19.90", "19,90", "1.234,50" and "1,234.50". Undefined for "1.234" and
 * "1,234": read the wrong way they would be wrong by a thousand; and for what Klaviyo has no room for.
 */
export function readNumber(value: Json | undefined): number | undefined {
  const number = typeof value === 'number' ? value : readText(value);
  return number !== undefined && Math.abs(number) < MAX_INTEGER ? number : undefined;
}

function readText(value: Json | undefined): number | undefined {
  if (typeof value !== 'string' || value.length > MAX_NUMBER_TEXT_LENGTH) return undefined;
  const text = value.trim();
  const digits = text.replace(/^[+-]/, '');
  if (AMBIGUOUS.test(digits)) return undefined;
  const grouping = GROUPED.find(({ pattern }) => pattern.test(digits));
  const plain = grouping ? digits.replace(grouping.group, '') : digits;
  if (!PLAIN.test(plain)) return undefined;
  const amount = Number(plain.replace(',', '.'));
  return text.startsWith('-') ? -amount : amount;
}

import { VALUE_DECIMALS } from '../limits.ts';

/** Wipes off what binary fractions leave behind: 3 × 19.99 is 59.97. */
export function roundMoney(amount: number): number {
  return Number(amount.toFixed(VALUE_DECIMALS));
}

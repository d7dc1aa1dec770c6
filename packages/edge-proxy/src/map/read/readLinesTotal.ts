import type { JsonObject } from '@sluice/shared';
import { readLineTotal } from './readLineTotal.ts';
import { readMoney } from './readMoney.ts';

/** The sum of the lines that name a price; undefined when none does, or when one names a price that cannot be read. */
export function readLinesTotal(products: readonly JsonObject[]): number | undefined {
  const priced = products.filter(({ price, RowTotal }) => isNamed(price) || isNamed(RowTotal));
  const totals = priced.map(readLineTotal).filter((total) => total !== undefined);
  if (totals.length === 0 || totals.length < priced.length) return undefined;
  return readMoney(totals.reduce((sum, total) => sum + total, 0));
}

function isNamed(value: unknown): boolean {
  return value !== undefined && value !== null;
}

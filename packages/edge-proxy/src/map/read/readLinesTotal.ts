import type { JsonObject } from '@sluice/shared';
import { readLineTotal } from './readLineTotal.ts';
import { readMoney } from './readMoney.ts';

/** The sum of the lines that name a price; undefined when none does. */
export function readLinesTotal(products: readonly JsonObject[]): number | undefined {
  const totals = products.flatMap((product) => readLineTotal(product) ?? []);
  return totals.length > 0 ? readMoney(totals.reduce((sum, total) => sum + total, 0)) : undefined;
}

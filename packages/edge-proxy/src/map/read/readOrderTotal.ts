import type { JsonObject } from '@sluice/shared';
import { firstMoney } from './firstMoney.ts';
import { readLinesTotal } from './readLinesTotal.ts';
import { readProducts } from './readProducts.ts';

/** Segment's `revenue` is without shipping and tax; `value` is what its Checkout Started calls the total. */
const ORDER_TOTAL = ['total', 'revenue', 'value'];

/** What an order or a checkout is worth: the first of its totals that can be read, else its lines. */
export function readOrderTotal(properties: JsonObject, totals: readonly string[] = ORDER_TOTAL): number | undefined {
  return firstMoney(properties, totals) ?? readLinesTotal(readProducts(properties));
}

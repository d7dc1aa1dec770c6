import type { JsonObject } from '@sluice/shared';
import { firstMoney } from './firstMoney.ts';
import { readLinesTotal } from './readLinesTotal.ts';
import { readProducts } from './readProducts.ts';

/** What an order is worth: its total, else its revenue, else its lines. */
export function readOrderTotal(properties: JsonObject): number | undefined {
  return firstMoney(properties, ['total', 'revenue']) ?? readLinesTotal(readProducts(properties));
}

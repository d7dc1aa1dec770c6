import type { JsonObject } from '@sluice/shared';
import { readNumber } from './readNumber.ts';
import { roundMoney } from './roundMoney.ts';

/**
 * What one line is worth: what it says itself, else price × quantity, one piece when no quantity is given. Undefined
 * when the quantity is there and cannot be read. Negative where shops book a discount as a line.
 */
export function readLineTotal(product: JsonObject): number | undefined {
  const stated = readNumber(product.RowTotal);
  if (stated !== undefined) return roundMoney(stated);
  const price = readNumber(product.price);
  const quantity = readNumber(product.quantity ?? 1);
  return price === undefined || quantity === undefined ? undefined : roundMoney(price * quantity);
}

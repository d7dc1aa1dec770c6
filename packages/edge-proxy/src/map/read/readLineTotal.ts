import type { JsonObject } from '@sluice/shared';
import { readNumber } from './readNumber.ts';
import { roundMoney } from './roundMoney.ts';

/** Price × quantity of one product; one piece when no quantity is given. Negative where shops book a discount as a line. */
export function readLineTotal(product: JsonObject): number | undefined {
  const price = readNumber(product.price);
  return price === undefined ? undefined : roundMoney(price * (readNumber(product.quantity) ?? 1));
}

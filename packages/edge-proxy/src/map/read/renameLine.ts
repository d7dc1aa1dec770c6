import type { JsonObject } from '@sluice/shared';
import { isReserved } from '../clean/isReserved.ts';
import { ORDERED_PRODUCT } from './productFields.ts';
import { renameFields } from './renameFields.ts';

/** The properties of one line of an order, by the names of Klaviyo's Ordered Product. No quantity means one. */
export function renameLine({ order_id: _, ...product }: JsonObject, orderId: string | undefined): JsonObject {
  const line = { ...withoutReserved(product), quantity: product.quantity ?? 1 };
  return renameFields(line, ORDERED_PRODUCT, { OrderId: orderId });
}

/** What was nested in the order stands at the top here, where Klaviyo would take `$` keys for commands. */
function withoutReserved(product: JsonObject): JsonObject {
  if (!Object.keys(product).some(isReserved)) return product;
  return Object.fromEntries(Object.entries(product).filter(([key]) => !isReserved(key)));
}

import type { JsonObject } from '@sluice/shared';
import { ORDERED_PRODUCT } from './productFields.ts';
import { renameFields } from './renameFields.ts';

/** The properties of one line of an order, by the names of Klaviyo's Ordered Product. No quantity means one. */
export function renameLine({ order_id: _, ...product }: JsonObject, orderId: string | undefined): JsonObject {
  return renameFields({ ...product, quantity: product.quantity ?? 1 }, ORDERED_PRODUCT, { OrderId: orderId });
}

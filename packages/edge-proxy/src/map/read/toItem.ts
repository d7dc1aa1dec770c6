import type { JsonObject } from '@sluice/shared';
import { readLineTotal } from './readLineTotal.ts';
import { renameFields } from './renameFields.ts';
import type { Field } from './splitFields.ts';

/** One product as an entry of Klaviyo's `Items`. No quantity means one: mail templates print it. */
export function toItem(product: JsonObject, fields: readonly Field[]): JsonObject {
  return renameFields({ ...product, quantity: product.quantity ?? 1 }, fields, { RowTotal: readLineTotal(product) });
}

import type { JsonObject } from '@sluice/shared';
import { CART_ITEM } from './productFields.ts';
import { readProducts } from './readProducts.ts';
import { readText } from './readText.ts';
import { renameFields } from './renameFields.ts';
import type { Field } from './splitFields.ts';
import { summarizeItems } from './summarizeItems.ts';
import { withoutProducts } from './withoutProducts.ts';

const FIELDS: readonly Field[] = [{ to: 'CheckoutURL', from: ['checkout_url'], read: readText }];

/** The properties of a cart, a checkout or a shown list of products, by Klaviyo's names. */
export function renameCart(properties: JsonObject): JsonObject {
  const products = readProducts(properties);
  const { ItemNames, Categories, Items } = summarizeItems(products, CART_ITEM);
  return renameFields(withoutProducts(properties), FIELDS, { ItemNames, Categories, Items });
}

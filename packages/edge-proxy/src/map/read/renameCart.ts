import type { JsonObject } from '@sluice/shared';
import { CART_ITEM } from './productFields.ts';
import { readProducts } from './readProducts.ts';
import { readText } from './readText.ts';
import { renameFields } from './renameFields.ts';
import type { Field } from './splitFields.ts';
import { summarizeItems } from './summarizeItems.ts';
import { unlessStated } from './unlessStated.ts';
import { withoutProducts } from './withoutProducts.ts';

const CHECKOUT_URL: Field = { to: 'CheckoutURL', from: ['checkout_url'], read: readText };

/** The properties of a cart, a checkout, a search or a shown list of products, by Klaviyo's names. */
export function renameCart(properties: JsonObject, fields: readonly Field[] = [CHECKOUT_URL]): JsonObject {
  const { ItemNames, Categories, Items } = summarizeItems(readProducts(properties), CART_ITEM);
  const summary = unlessStated({ ItemNames, Categories, Items }, properties);
  return renameFields(withoutProducts(properties), fields, summary);
}

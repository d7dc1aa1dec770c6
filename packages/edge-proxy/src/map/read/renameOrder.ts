import type { JsonObject } from '@sluice/shared';
import { ORDER_ITEM } from './productFields.ts';
import { readAddress } from './readAddress.ts';
import { readNumber } from './readNumber.ts';
import { readProducts } from './readProducts.ts';
import { readText } from './readText.ts';
import { renameFields } from './renameFields.ts';
import type { Field } from './splitFields.ts';
import { summarizeItems } from './summarizeItems.ts';
import { unlessStated } from './unlessStated.ts';
import { withoutProducts } from './withoutProducts.ts';

const FIELDS: readonly Field[] = [
  { to: 'OrderId', from: ['order_id'], read: readText },
  { to: 'DiscountCode', from: ['coupon'], read: readText },
  { to: 'DiscountValue', from: ['discount'], read: readNumber },
  { to: 'Reason', from: ['reason'], read: readText },
  { to: 'BillingAddress', from: ['billing_address', 'billing'], read: readAddress },
  { to: 'ShippingAddress', from: ['shipping_address', 'shipping'], read: readAddress },
];

/** The properties of an order and of what becomes of it, by Klaviyo's names. */
export function renameOrder(properties: JsonObject): JsonObject {
  const { ItemNames, Categories, Brands, Items } = summarizeItems(readProducts(properties), ORDER_ITEM);
  const summary = unlessStated({ ItemNames, Categories, Brands, Items }, properties);
  return renameFields(withoutProducts(properties), FIELDS, summary);
}

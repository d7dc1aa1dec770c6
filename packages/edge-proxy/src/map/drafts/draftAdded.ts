import { type JsonObject, METRIC_OF_EVENT } from '@sluice/shared';
import { openCutLog } from '../clean/CutLog.ts';
import { cleanValue } from '../clean/cleanValue.ts';
import { firstMoney } from '../read/firstMoney.ts';
import { ADDED_PRODUCT, CART_ITEM } from '../read/productFields.ts';
import { readLinesTotal } from '../read/readLinesTotal.ts';
import { readLineTotal } from '../read/readLineTotal.ts';
import { readMoney } from '../read/readMoney.ts';
import { readProducts } from '../read/readProducts.ts';
import { renameFields } from '../read/renameFields.ts';
import { summarizeItems } from '../read/summarizeItems.ts';
import { unlessStated } from '../read/unlessStated.ts';
import { withoutProducts } from '../read/withoutProducts.ts';
import type { Draft, TrackFacts } from './draft.ts';

/** Names under which shops send what the whole cart is worth; Segment's specification has none. */
const CART_TOTAL = ['cart_total', 'total'];

/** What describes the product itself, and so belongs into its entry of `Items`. */
const PRODUCT_KEYS: ReadonlySet<string> = new Set([
  'product_id',
  'sku',
  'name',
  'brand',
  'category',
  'compare_at_price',
  'variant',
  'price',
  'quantity',
  'url',
  'image_url',
]);

/** The properties are 1, `Items` 2, an entry of it 3. */
const ITEM_DEPTH = 3;

/** Product Added: the product in front, the cart as `Items`, worth the cart, else the product, else what the event says. */
export function draftAdded({ properties, messageKey }: TrackFacts): Draft[] {
  const sent = readProducts(properties);
  // Without the cart the product is all that is known to be in it.
  const cart = sent.length > 0 ? sent : pickProduct(properties);
  const { ItemNames, Items } = summarizeItems(cart, CART_ITEM);
  return [
    {
      metric: METRIC_OF_EVENT['Product Added'],
      uniqueId: messageKey,
      value:
        firstMoney(properties, CART_TOTAL) ??
        readLinesTotal(sent) ??
        readMoney(readLineTotal(properties)) ??
        readMoney(properties.value),
      properties: renameFields(
        withoutProducts(properties),
        ADDED_PRODUCT,
        unlessStated({ ItemNames, Items }, properties),
      ),
    },
  ];
}

function pickProduct(properties: JsonObject): JsonObject[] {
  const entries = Object.entries(properties).flatMap(([key, value]) => {
    // It goes two levels deeper than it came, so what nested just within Klaviyo’s limit no longer does; it stands whole in
    // front.
    const kept = PRODUCT_KEYS.has(key) ? cleanValue(value, ITEM_DEPTH, openCutLog()) : undefined;
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length > 0 ? [Object.fromEntries(entries)] : [];
}

import { readCategories } from './readCategories.ts';
import { readNumber } from './readNumber.ts';
import { readText } from './readText.ts';
import type { Field } from './splitFields.ts';

/** Klaviyo gives one product other names in each place; these are the tables, after its custom-platform guide. */
const text = (to: string, from: string): Field => ({ to, from: [from], read: readText });
const number = (to: string, from: string): Field => ({ to, from: [from], read: readNumber });
const categories = (to: string): Field => ({ to, from: ['category'], read: readCategories });

/** Of Viewed Product, and of Removed from Cart, for which the guide has no names of its own. */
export const VIEWED_PRODUCT: readonly Field[] = [
  text('ProductName', 'name'),
  text('ProductID', 'product_id'),
  text('SKU', 'sku'),
  categories('Categories'),
  text('ImageURL', 'image_url'),
  text('URL', 'url'),
  text('Brand', 'brand'),
  number('Price', 'price'),
  number('CompareAtPrice', 'compare_at_price'),
];

export const REMOVED_PRODUCT: readonly Field[] = [...VIEWED_PRODUCT, number('Quantity', 'quantity')];

export const ADDED_PRODUCT: readonly Field[] = [
  text('AddedItemProductName', 'name'),
  text('AddedItemProductID', 'product_id'),
  text('AddedItemSKU', 'sku'),
  categories('AddedItemCategories'),
  text('AddedItemImageURL', 'image_url'),
  text('AddedItemURL', 'url'),
  number('AddedItemPrice', 'price'),
  number('AddedItemQuantity', 'quantity'),
  text('CheckoutURL', 'checkout_url'),
];

const ITEM: readonly Field[] = [
  text('ProductID', 'product_id'),
  text('SKU', 'sku'),
  text('ProductName', 'name'),
  number('Quantity', 'quantity'),
  number('ItemPrice', 'price'),
  text('ProductURL', 'url'),
  text('ImageURL', 'image_url'),
];

/** One entry of `Items` in a cart or checkout. */
export const CART_ITEM: readonly Field[] = [...ITEM, categories('ProductCategories')];

/** One entry of `Items` in an order. */
export const ORDER_ITEM: readonly Field[] = [...ITEM, categories('Categories'), text('Brand', 'brand')];

/** Ordered Product; the price of one piece stays under its own name, because Klaviyo has none for it here. */
export const ORDERED_PRODUCT: readonly Field[] = [
  text('ProductID', 'product_id'),
  text('SKU', 'sku'),
  text('ProductName', 'name'),
  number('Quantity', 'quantity'),
  text('ProductURL', 'url'),
  text('ImageURL', 'image_url'),
  categories('Categories'),
  text('ProductBrand', 'brand'),
];

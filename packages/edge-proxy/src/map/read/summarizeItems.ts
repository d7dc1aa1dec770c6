import type { JsonObject } from '@sluice/shared';
import { readCategories } from './readCategories.ts';
import { readText } from './readText.ts';
import type { Field } from './splitFields.ts';
import { toItem } from './toItem.ts';

interface ItemsSummary {
  ItemNames?: string[];
  Categories?: string[];
  Brands?: string[];
  Items?: JsonObject[];
}

/** What Klaviyo wants to know of all lines together, in the order of the lines, categories and brands once each. */
export function summarizeItems(products: readonly JsonObject[], itemFields: readonly Field[]): ItemsSummary {
  const lists = {
    ItemNames: products.flatMap((product) => readText(product.name) ?? []),
    Categories: [...new Set(products.flatMap((product) => readCategories(product.category) ?? []))],
    Brands: [...new Set(products.flatMap((product) => readText(product.brand) ?? []))],
    Items: products.map((product) => toItem(product, itemFields)),
  };
  // A cart without lines has no lists, rather than empty ones.
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

import type { JsonObject } from '@sluice/shared';
import { readProducts } from './readProducts.ts';

/** The properties once their products have become `Items`; a `products` that held none stays as it came. */
export function withoutProducts(properties: JsonObject): JsonObject {
  if (readProducts(properties).length === 0) return properties;
  const { products: _, ...rest } = properties;
  return rest;
}

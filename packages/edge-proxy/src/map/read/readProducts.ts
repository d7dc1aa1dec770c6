import { isJsonObject, type JsonObject } from '@sluice/shared';

/** The lines of a cart or order; what is not an object is no line. */
export function readProducts(properties: JsonObject): JsonObject[] {
  return Array.isArray(properties.products) ? properties.products.filter(isJsonObject) : [];
}

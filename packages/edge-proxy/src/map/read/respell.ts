import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import { readCategories } from './readCategories.ts';
import { LINE_SPELLINGS, type Spellings } from './spellings.ts';

/**
 * Gives properties that came under Klaviyo's names those of Segment's specification, so that the rows of the table read
 * one spelling. A name that is taken already keeps its value, and the other stays beside it.
 */
export function respell(properties: JsonObject, { of, names }: Spellings): JsonObject {
  const renamed = rename(properties, names);
  const respelled = of === 'product' ? joinCategories(renamed) : renamed;
  const { products } = respelled;
  return Array.isArray(products) ? { ...respelled, products: products.map(respellLine) } : respelled;
}

function respellLine(line: Json): Json {
  return isJsonObject(line) ? joinCategories(rename(line, LINE_SPELLINGS.names)) : line;
}

function rename(source: JsonObject, names: Spellings['names']): JsonObject {
  if (!Object.keys(source).some((key) => names.has(key))) return source;
  const entries = Object.entries(source);
  const renamed: JsonObject = Object.fromEntries(entries.filter(([key]) => !names.has(key)));
  for (const [key, value] of entries) {
    const name = names.get(key);
    if (name !== undefined) renamed[isSet(renamed[name]) ? key : name] = value;
  }
  return renamed;
}

/** `category` is the specification's, `categories` what shops with several send: together they are the categories. */
function joinCategories(product: JsonObject): JsonObject {
  const several = readCategories(product.categories);
  if (several === undefined) return product;
  const { categories: _, ...rest } = product;
  return { ...rest, category: [...new Set([...(readCategories(product.category) ?? []), ...several])] };
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

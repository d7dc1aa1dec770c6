import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';
import { readAddress } from './readAddress.ts';
import { readCategories } from './readCategories.ts';
import { readNumber } from './readNumber.ts';
import { readText } from './readText.ts';
import { LINE_SPELLINGS, type Spellings } from './spellings.ts';

/**
 * Gives properties that came under Klaviyo's names those of Segment's specification, so that the rows of the table read
 * one spelling. A name that is taken already keeps its value, and the other stays beside it. So does a name whose value
 * cannot be read ("$45.99"): mail templates print it.
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
    if (name === undefined) continue;
    const isTaken = isSet(renamed[name]);
    if (!isTaken) renamed[name] = value;
    if (isTaken || !isReadable(name, value)) renamed[key] = value;
  }
  return renamed;
}

/** How the rows of the table read a name of Segment's, where not as a text. */
const READERS = new Map<string, (value: Json | undefined) => unknown>([
  ...['price', 'compare_at_price', 'quantity', 'discount', 'results_count'].map((name) => [name, readNumber] as const),
  ...['billing_address', 'shipping_address'].map((name) => [name, readAddress] as const),
  ['category', readCategories],
  // Read one by one: an empty list holds none, and is no less readable.
  ['products', (value) => value],
]);

function isReadable(name: string, value: Json): boolean {
  const read = READERS.get(name) ?? readText;
  return read(value) !== undefined;
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

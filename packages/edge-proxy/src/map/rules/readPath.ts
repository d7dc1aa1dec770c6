import { isJsonObject, type Json, type JsonObject } from '@sluice/shared';

/**
 * The property at a dotted path. A key that is written with dots itself comes first; a number picks from a list, and any
 * other key is read of all its entries ("Items.SKU" is the list of SKUs). Never what an object inherits.
 */
export function readPath(properties: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(properties, path)) return properties[path];
  let found: Json | undefined = properties;
  for (const key of path.split('.')) found = step(found, key);
  return found;
}

function step(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) {
    if (/^\d+$/.test(key)) return value[Number(key)];
    const found = value.flatMap((item) => step(isJsonObject(item) ? item : undefined, key) ?? []);
    return found.length > 0 ? found : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

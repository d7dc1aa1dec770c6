import { isJsonObject, type Json, type JsonObject, MAX_PROPERTIES } from '@sluice/shared';
import { MAX_FLAT_KEY_LENGTH } from '../limits.ts';

/**
 * Adds what is nested once more at the top, under the path that a template writes ("ShippingAddress.City"): Klaviyo
 * segments on top-level values alone. The objects stay for templates, and so do lists of objects, which have no one
 * value to segment on. No key that is there already is overwritten; `$extra` is what a shop does not want to segment on.
 */
export function flattenProperties(properties: JsonObject): JsonObject {
  const flat: JsonObject = {};
  for (const [key, value] of Object.entries(properties))
    if (key !== '$extra' && isJsonObject(value)) collect(key, value, flat);
  const copies = Object.entries(flat).filter(([key]) => !Object.hasOwn(properties, key));
  // They are copies: where there is no room for them, nothing is lost.
  const room = Math.max(0, MAX_PROPERTIES - 1 - Object.keys(properties).length);
  return copies.length === 0 ? properties : { ...properties, ...Object.fromEntries(copies.slice(0, room)) };
}

function collect(prefix: string, object: JsonObject, flat: JsonObject): void {
  for (const [key, value] of Object.entries(object)) {
    const path = `${prefix}.${key}`;
    if (path.length > MAX_FLAT_KEY_LENGTH) continue;
    if (isJsonObject(value)) collect(path, value, flat);
    else if (isSegmentable(value) && !Object.hasOwn(flat, path)) flat[path] = value;
  }
}

function isSegmentable(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => typeof item !== 'object');
  return value !== null;
}

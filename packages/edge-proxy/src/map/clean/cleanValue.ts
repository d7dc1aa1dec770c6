import { type Json, type JsonObject, MAX_PROPERTIES, MAX_PROPERTY_DEPTH } from '@sluice/shared';
import { MAX_ARRAY_ITEMS, MAX_INTEGER } from '../limits.ts';
import { cleanText } from './cleanText.ts';
import { isSafeKey } from './isSafeKey.ts';

/**
 * Copies a property's value within Klaviyo's limits; `depth` is that of what holds it, the properties themselves being 1.
 * What nests deeper is left out (undefined); long arrays and crowded objects keep their first entries.
 */
export function cleanValue(value: Json, depth: number): Json | undefined {
  if (typeof value === 'string') return cleanText(value);
  // Still readable as text, where as a number it would fail the call.
  if (typeof value === 'number') return Math.abs(value) >= MAX_INTEGER ? String(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_PROPERTY_DEPTH) return undefined;
  return Array.isArray(value) ? cleanArray(value, depth + 1) : cleanObject(value, depth + 1);
}

function cleanArray(items: Json[], depth: number): Json[] {
  return items.slice(0, MAX_ARRAY_ITEMS).flatMap((item) => {
    const cleaned = cleanValue(item, depth);
    // Wrapped, because flatMap would unpack an array within the array.
    return cleaned === undefined ? [] : [cleaned];
  });
}

function cleanObject(object: JsonObject, depth: number): JsonObject {
  const clean: JsonObject = {};
  let kept = 0;
  for (const [key, value] of Object.entries(object)) {
    const cleaned = isSafeKey(key) ? cleanValue(value, depth) : undefined;
    if (cleaned === undefined) continue;
    clean[cleanText(key)] = cleaned;
    kept += 1;
    if (kept === MAX_PROPERTIES) break;
  }
  return clean;
}

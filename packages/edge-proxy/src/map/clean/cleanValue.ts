import { type Json, type JsonObject, MAX_PROPERTIES, MAX_PROPERTY_DEPTH } from '@sluice/shared';
import { MAX_ARRAY_ITEMS, MAX_INTEGER } from '../limits.ts';
import { type CutLog, noteCut } from './CutLog.ts';
import { cleanText } from './cleanText.ts';
import { isSafeKey } from './isSafeKey.ts';

/**
 * Copies a property's value within Klaviyo's limits; `depth` is that of what holds it, the properties themselves being 1.
 * What nests deeper is left out (undefined); long arrays and crowded objects keep their first entries. Cuts are noted.
 */
export function cleanValue(value: Json, depth: number, log: CutLog): Json | undefined {
  if (typeof value === 'string') return cleanText(value, log);
  // Still readable as text, where as a number it would fail the call.
  if (typeof value === 'number') return Math.abs(value) >= MAX_INTEGER ? String(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_PROPERTY_DEPTH) {
    noteCut(log, `left out, ${MAX_PROPERTY_DEPTH} is the deepest`);
    return undefined;
  }
  return Array.isArray(value) ? cleanArray(value, depth + 1, log) : cleanObject(value, depth + 1, log);
}

function cleanArray(items: Json[], depth: number, log: CutLog): Json[] {
  if (items.length > MAX_ARRAY_ITEMS)
    noteCut(log, `the last ${items.length - MAX_ARRAY_ITEMS} left out, ${MAX_ARRAY_ITEMS} are the most`);
  const clean: Json[] = [];
  for (const [index, item] of items.slice(0, MAX_ARRAY_ITEMS).entries()) {
    log.path.push(String(index));
    const cleaned = cleanValue(item, depth, log);
    log.path.pop();
    if (cleaned !== undefined) clean.push(cleaned);
  }
  return clean;
}

function cleanObject(object: JsonObject, depth: number, log: CutLog): JsonObject {
  const clean: JsonObject = {};
  const entries = Object.entries(object);
  if (entries.length > MAX_PROPERTIES)
    noteCut(log, `the last ${entries.length - MAX_PROPERTIES} left out, ${MAX_PROPERTIES} are the most`);
  for (const [key, value] of entries.slice(0, MAX_PROPERTIES)) {
    log.path.push(key);
    if (isSafeKey(key)) {
      const cleaned = cleanValue(value, depth, log);
      if (cleaned !== undefined) clean[cleanText(key)] = cleaned;
    } else noteCut(log, 'this key is not sent');
    log.path.pop();
  }
  return clean;
}

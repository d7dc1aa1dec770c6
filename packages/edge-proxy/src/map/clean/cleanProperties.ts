import type { JsonObject } from '@sluice/shared';
import { cleanText } from './cleanText.ts';
import { cleanValue } from './cleanValue.ts';
import { isSafeKey } from './isSafeKey.ts';

/**
 * Copies what a client sent as properties or traits into an object that is safe to read and to send.
 * How many there are is not bounded here but in `capProperties`, when Klaviyo's own names stand in front.
 */
export function cleanProperties(properties: JsonObject): JsonObject {
  const entries = Object.entries(properties).flatMap(([key, value]) => {
    const cleaned = isSendable(key) ? cleanValue(value, 1) : undefined;
    return cleaned === undefined ? [] : [[cleanText(key), cleaned] as const];
  });
  return Object.fromEntries(entries);
}

/** Klaviyo reads `$` keys as its own commands (`$email` renames the person); `$extra` is plain data. */
function isSendable(key: string): boolean {
  return isSafeKey(key) && (!key.startsWith('$') || key === '$extra');
}

import type { JsonObject } from '@sluice/shared';
import { cleanText } from './cleanText.ts';
import { cleanValue } from './cleanValue.ts';
import { isSafeKey } from './isSafeKey.ts';

/**
 * Copies what a client sent as properties or traits into an object that is safe to read and to send.
 * How many there are is not bounded here but in `capProperties`, when Klaviyo's own names stand in front.
 */
export function cleanProperties(properties: JsonObject): JsonObject {
  const clean: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    const cleaned = isSendable(key) ? cleanValue(value, 1) : undefined;
    if (cleaned !== undefined) clean[cleanText(key)] = cleaned;
  }
  return clean;
}

/** Klaviyo reads `$` keys as its own commands (`$email` renames the person); `$extra` is plain data. */
function isSendable(key: string): boolean {
  return isSafeKey(key) && (!key.startsWith('$') || key === '$extra');
}

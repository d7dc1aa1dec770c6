import type { JsonObject } from '@sluice/shared';
import { type CutLog, noteCut } from './CutLog.ts';
import { cleanText } from './cleanText.ts';
import { cleanValue } from './cleanValue.ts';
import { isReserved } from './isReserved.ts';
import { isSafeKey } from './isSafeKey.ts';

/**
 * Copies what a client sent as properties or traits into an object that is safe to read and to send; what had to be
 * left out is noted. How many there are is not bounded here but in `capProperties`, when Klaviyo's own names stand in
 * front.
 */
export function cleanProperties(properties: JsonObject, log: CutLog): JsonObject {
  const clean: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    if (isReserved(key)) continue;
    log.path.push(key);
    if (isSafeKey(key)) {
      const cleaned = cleanValue(value, 1, log);
      if (cleaned !== undefined) clean[cleanText(key)] = cleaned;
    } else noteCut(log, 'this key is not sent');
    log.path.pop();
  }
  return clean;
}

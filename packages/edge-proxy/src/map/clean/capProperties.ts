import { type JsonObject, MAX_PROPERTIES } from '@sluice/shared';
import type { Cut } from './CutLog.ts';
import { CUT_PROPERTY, describeCuts } from './describeCuts.ts';

/**
 * Keeps the first 400 properties: Klaviyo refuses an event with more, and the order is the sender's, so the cut is
 * stable. What was cut, here and before, is told in the property `SluiceCut`, which takes a place of its own.
 */
export function capProperties(properties: JsonObject, cuts: readonly Cut[] = []): JsonObject {
  const keys = Object.keys(properties);
  if (keys.length + (cuts.length > 0 ? 1 : 0) <= MAX_PROPERTIES)
    return cuts.length === 0 ? properties : { ...properties, [CUT_PROPERTY]: describeCuts(cuts) };
  const dropped = keys.length - (MAX_PROPERTIES - 1);
  const tooMany = { path: 'properties', reason: `the last ${dropped} left out, ${MAX_PROPERTIES} are the most` };
  return {
    ...Object.fromEntries(Object.entries(properties).slice(0, MAX_PROPERTIES - 1)),
    [CUT_PROPERTY]: describeCuts([tooMany, ...cuts]),
  };
}

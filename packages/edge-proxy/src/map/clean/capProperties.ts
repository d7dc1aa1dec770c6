import { type JsonObject, MAX_PROPERTIES } from '@sluice/shared';

/** Keeps the first 400 properties: Klaviyo refuses an event with more, and the order is the sender's, so the cut is stable. */
export function capProperties(properties: JsonObject): JsonObject {
  if (Object.keys(properties).length <= MAX_PROPERTIES) return properties;
  return Object.fromEntries(Object.entries(properties).slice(0, MAX_PROPERTIES));
}

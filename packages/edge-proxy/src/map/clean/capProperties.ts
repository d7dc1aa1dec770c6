import { type JsonObject, MAX_PROPERTIES } from '@sluice/shared';

/** Keeps the first 400 properties: Klaviyo refuses an event with more, and the order is the sender's, so the cut is stable. */
export function capProperties(properties: JsonObject): JsonObject {
  const entries = Object.entries(properties);
  return entries.length <= MAX_PROPERTIES ? properties : Object.fromEntries(entries.slice(0, MAX_PROPERTIES));
}

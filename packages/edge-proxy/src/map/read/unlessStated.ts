import type { Json, JsonObject } from '@sluice/shared';

/** The summaries of an order's lines, less those that the sender spelt out itself under Klaviyo's name. */
export function unlessStated<T extends Record<string, Json | undefined>>(
  summary: T,
  properties: JsonObject,
): Partial<T> {
  const entries = Object.entries(summary).filter(([key]) => {
    const stated = properties[key];
    return key === 'Items' || !Array.isArray(stated) || stated.length === 0;
  });
  return Object.fromEntries(entries) as Partial<T>;
}

import type { Json, JsonObject } from '@sluice/shared';
import { type Field, splitFields } from './splitFields.ts';

/**
 * Gives properties Klaviyo's names and keeps the others under their own.
 * `derived` are values that Klaviyo wants and the sender did not spell out.
 */
export function renameFields(
  source: JsonObject,
  fields: readonly Field[],
  derived: Record<string, Json | undefined> = {},
): JsonObject {
  const { named, rest } = splitFields(source, fields);
  for (const [key, value] of Object.entries(derived)) if (value !== undefined) named[key] = value;
  // Named twice: first in order, so that a cut at Klaviyo's limits spares them, and last in say, so that no namesake wins.
  return { ...named, ...rest, ...named };
}

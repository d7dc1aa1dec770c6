import type { Json, JsonObject } from '@sluice/shared';

/** How one property gets Klaviyo's name: the names it may arrive under, and how its value is read. */
export interface Field {
  to: string;
  from: readonly string[];
  read: (value: Json | undefined) => Json | undefined;
}

/**
 * Parts what has a name at Klaviyo from the rest. What could be read leaves its old name; what could not stays under
 * it, so that nothing a shop sends disappears.
 */
export function splitFields(source: JsonObject, fields: readonly Field[]): { named: JsonObject; rest: JsonObject } {
  const named: JsonObject = {};
  const rest = { ...source };
  for (const { to, from, read } of fields) {
    for (const key of from) {
      const value = read(rest[key]);
      if (value === undefined) continue;
      named[to] = value;
      delete rest[key];
      break;
    }
  }
  return { named, rest };
}

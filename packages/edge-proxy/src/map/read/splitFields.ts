import type { Json, JsonObject } from '@sluice/shared';

/** How one property gets Klaviyo's name: the names it may arrive under, and how its value is read. */
export interface Field {
  to: string;
  from: readonly string[];
  read: (value: Json | undefined) => Json | undefined;
}

/**
 * Parts what has a name at Klaviyo from the rest. What could be read leaves its old name; what could not stays under
 * it, or under Klaviyo's where it came so (`respell`), so that nothing a shop sends disappears.
 */
export function splitFields(source: JsonObject, fields: readonly Field[]): { named: JsonObject; rest: JsonObject } {
  const named: JsonObject = {};
  const taken = new Set<string>();
  for (const { to, from, read } of fields) {
    for (const key of from) {
      const value = taken.has(key) ? undefined : read(source[key]);
      if (value === undefined) {
        if (key !== to && source[key] === source[to]) taken.add(key);
        continue;
      }
      named[to] = value;
      taken.add(key);
      break;
    }
  }
  // Not by `delete`, which makes an object slow for everyone who reads it afterwards.
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(source)) if (!taken.has(key)) rest[key] = value;
  return { named, rest };
}

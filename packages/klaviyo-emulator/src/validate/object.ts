import { type Check, complain } from './check.ts';
import { pointTo } from './pointTo.ts';

export type JsonObject = Record<string, unknown>;

export interface Field {
  readonly check: Check;
  readonly required: boolean;
  readonly nullable: boolean;
}

export const required = (check: Check): Field => ({ check, required: true, nullable: false });
/** May be absent, not null. */
export const optional = (check: Check): Field => ({ check, required: false, nullable: false });
/** May be absent or null, as most scalars of Klaviyo's bodies. */
export const maybe = (check: Check): Field => ({ check, required: false, nullable: true });

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with exactly these fields: unknown keys are refused, which no published schema of Klaviyo says but Klaviyo does. */
export function object(resource: string, fields: Record<string, Field>): Check {
  const known = Object.entries(fields);
  return (value, at, on) => {
    if (!isObject(value)) return complain(on, at, `'${resource}' must be an object.`);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key))
        complain(on, pointTo(at, key), `'${key.slice(0, 100)}' is not a valid field for the resource '${resource}'.`);
    }
    for (const [key, field] of known) {
      const member = value[key];
      if (member === undefined) {
        if (field.required)
          complain(on, `${at}/${key}`, `'${key}' is a required field for the resource '${resource}'.`);
      } else if (member === null && field.nullable) {
        // null clears; nothing to look at.
      } else {
        field.check(member, `${at}/${key}`, on);
      }
    }
  };
}

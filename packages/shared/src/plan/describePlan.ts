import * as z from 'zod';
import type { JsonObject } from '../json.ts';
import type { Plan } from './definePlan.ts';

/**
 * A plan as JSON Schema (draft 2020-12): one object with a property for each event, whose schema is that of the event's
 * properties. For editors, other languages, and schema registries.
 */
export function describePlan(plan: Plan): JsonObject {
  const schema = z.toJSONSchema(z.object(plan).partial(), { io: 'input' });
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

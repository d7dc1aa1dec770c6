import type { Condition, Json, JsonObject } from '@sluice/shared';
import { readNumber } from '../read/readNumber.ts';
import { readText } from '../read/readText.ts';
import { readPath } from './readPath.ts';

type Scalar = string | number | boolean;

/** Whether an event's properties meet one condition. What is not there, or null, meets none but `ne` and "exists: false". */
export function meets(properties: JsonObject, condition: Condition): boolean {
  const found = readPath(properties, condition.field);
  switch (condition.op) {
    case 'exists':
      return (found !== undefined && found !== null) === condition.value;
    case 'eq':
      return isSame(found, condition.value);
    case 'ne':
      return !isSame(found, condition.value);
    case 'in':
      return condition.value.some((value) => isSame(found, value));
    case 'contains':
      return contains(found, condition.value);
    default:
      return compares(readNumber(found), condition.op, condition.value);
  }
}

/** The condition says what is compared: texts as they are written, numbers also where they came as texts. */
function isSame(found: Json | undefined, value: Scalar): boolean {
  if (typeof value === 'number') return readNumber(found) === value;
  if (typeof value === 'string') return found === value || (typeof found === 'number' && readText(found) === value);
  return found === value;
}

function contains(found: Json | undefined, value: Scalar): boolean {
  if (Array.isArray(found)) return found.some((item) => isSame(item, value));
  return typeof found === 'string' && found.includes(String(value));
}

function compares(found: number | undefined, op: 'gt' | 'gte' | 'lt' | 'lte', value: number): boolean {
  if (found === undefined) return false;
  const compare = { gt: found > value, gte: found >= value, lt: found < value, lte: found <= value };
  return compare[op];
}

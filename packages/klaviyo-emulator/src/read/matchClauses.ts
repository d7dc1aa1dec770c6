import { parseTime } from '../validate/time.ts';
import type { Clause, FilterValue } from './parseFilter.ts';

export type Scalar = string | number | boolean;

export interface FilterField<Row> {
  readonly operators: readonly string[];
  /**
   * 'time' compares milliseconds with the RFC 3339 text of the filter; 'email' ignores case; 'any' takes a value as it
   * is, so that 1 is not "1". @default 'text'
   */
  readonly kind?: 'text' | 'email' | 'time' | 'number' | 'boolean' | 'any';
  /** The row's value, or all of its values where it has several. */
  readonly read: (row: Row) => Scalar | null | readonly Scalar[];
}

export type FilterFields<Row> = Record<string, FilterField<Row>>;

export type Matcher<Row> = { ok: true; matches: (row: Row) => boolean } | { ok: false; detail: string };

/** Turns clauses into one predicate; every field and operator has to be one that the endpoint documents. */
export function matchClauses<Row>(clauses: readonly Clause[], fields: FilterFields<Row>): Matcher<Row> {
  const tests: ((row: Row) => boolean)[] = [];
  for (const { operator, field, value } of clauses) {
    const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!known) return { ok: false, detail: `'${field}' is not a filterable field.` };
    if (!known.operators.includes(operator))
      return { ok: false, detail: `'${operator}' is not an operator of '${field}': ${known.operators.join(', ')}.` };
    if ((operator === 'any') !== Array.isArray(value))
      return { ok: false, detail: `'${operator}' of '${field}' takes ${operator === 'any' ? 'a list' : 'one value'}.` };
    const wanted = (Array.isArray(value) ? value : [value]).map((each) => operand(each, known.kind));
    if (operator !== 'has' && wanted.some((each) => each === undefined))
      return { ok: false, detail: `The value of '${field}' has the wrong type.` };
    tests.push((row) => held(known.read(row)).some((own) => compare(operator, own, wanted)));
  }
  return { ok: true, matches: (row) => tests.every((test) => test(row)) };
}

type Held = Scalar | null;

const held = (value: ReturnType<FilterField<unknown>['read']>): readonly Held[] =>
  typeof value === 'object' && value !== null ? value : [value];

function operand(value: FilterValue | undefined, kind: FilterField<unknown>['kind']): Scalar | undefined {
  if (kind === 'time') {
    return parseTime(value);
  }
  if (kind === 'number') return typeof value === 'number' ? value : undefined;
  if (kind === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (kind === 'any') return typeof value === 'object' ? undefined : value;
  if (kind === 'email') return typeof value === 'string' ? value.toLowerCase() : undefined;
  // An id of digits only arrives unquoted from some clients.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function compare(operator: string, own: Held, wanted: readonly (Scalar | undefined)[]): boolean {
  if (operator === 'has') return own !== null;
  if (own === null) return false;
  const [first] = wanted;
  if (operator === 'equals' || operator === 'any') return wanted.includes(own);
  if (typeof own !== 'number' || typeof first !== 'number') return false;
  switch (operator) {
    case 'greater-than':
      return own > first;
    case 'greater-or-equal':
      return own >= first;
    case 'less-than':
      return own < first;
    case 'less-or-equal':
      return own <= first;
    default:
      return false;
  }
}

import { MAX_FILTER_DEPTH } from '../limits.ts';

export type FilterValue = string | number | boolean | null | FilterValue[];

export interface Clause {
  readonly operator: string;
  readonly field: string;
  /** Undefined for `has(field)`. */
  readonly value: FilterValue | undefined;
}

type ParsedFilter = { ok: true; clauses: Clause[] } | { ok: false; detail: string };

const OPERATOR = /\s*([a-z-]+)\s*\(\s*/y;
const FIELD = /[A-Za-z_][\w.$-]*/y;
const DOUBLE_QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SINGLE_QUOTED = /'((?:[^'\\]|\\.)*)'/y;
// Numbers, true, false, null and RFC 3339 datetimes stand without quotes.
const BARE = /[^\s,()[\]"']+/y;

/** Reads Klaviyo's filter language: `op(field,value)` joined by commas or inside `and(...)`. */
export function parseFilter(text: string): ParsedFilter {
  let at = 0;
  let depth = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    if (match) at = pattern.lastIndex;
    return match;
  };
  const skip = (token: RegExp) => take(token) !== undefined;
  const expect = (token: RegExp, what: string) => {
    if (!skip(token)) throw new SyntaxError(`expected ${what} at position ${at}`);
  };

  /** Brackets in brackets, only so deep: the stack is not the caller's to fill. */
  function inside<T>(read: () => T): T {
    depth += 1;
    if (depth > MAX_FILTER_DEPTH) throw new SyntaxError(`nested more than ${MAX_FILTER_DEPTH} levels deep`);
    const found = read();
    depth -= 1;
    return found;
  }

  function value(): FilterValue {
    if (skip(/\s*\[\s*/y)) {
      if (skip(/\]/y)) return [];
      const items = [inside(value)];
      while (skip(/\s*,\s*/y)) items.push(inside(value));
      expect(/\s*\]/y, "',' or ']'");
      return items;
    }
    const quoted = take(DOUBLE_QUOTED) ?? take(SINGLE_QUOTED);
    if (quoted) return (quoted[1] ?? '').replace(/\\(.)/g, '$1');
    const bare = take(BARE)?.[0];
    if (bare === undefined) throw new SyntaxError(`expected a value at position ${at}`);
    return readBare(bare);
  }

  function clause(): Clause[] {
    const operator = take(OPERATOR)?.[1];
    if (operator === undefined) throw new SyntaxError(`expected an operator at position ${at}`);
    if (operator === 'and') {
      const inner = inside(clauses);
      expect(/\s*\)/y, "')'");
      return inner;
    }
    const field = take(FIELD)?.[0];
    if (field === undefined) throw new SyntaxError(`expected a field at position ${at}`);
    const operand = skip(/\s*,\s*/y) ? value() : undefined;
    expect(/\s*\)/y, "')'");
    return [{ operator, field, value: operand }];
  }

  function clauses(): Clause[] {
    const found = clause();
    while (skip(/\s*,\s*/y)) found.push(...clause());
    return found;
  }

  try {
    const found = clauses();
    expect(/\s*$/y, 'the end');
    return { ok: true, clauses: found };
  } catch (error) {
    return { ok: false, detail: `Invalid filter: ${error instanceof Error ? error.message : 'unreadable'}.` };
  }
}

function readBare(text: string): FilterValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

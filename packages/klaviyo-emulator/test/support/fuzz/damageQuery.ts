import fc from 'fast-check';
import type { Example } from '../corpus/Example.ts';
import { type Sent, withQuery } from './Sent.ts';

const BAD_FILTERS = [
  'nonsense',
  'equals(',
  'equals(id,"a"',
  'equals(id,"a"))',
  'equals(shoe_size,"43")',
  'equals(__proto__,"a")',
  'equals(constructor,"a")',
  'any(id)',
  'has(id',
  'and(',
  'and()',
  'or(equals(id,"a"),equals(id,"b"))',
  'equals(id,"a"),',
  ',',
  '((((',
  'greater-than(created,never)',
  '"',
  'and('.repeat(5000),
  `any(id,${'['.repeat(5000)}`,
  `equals(${'x'.repeat(20_000)},1)`,
];
const BAD_SIZES = ['0', '-1', '1e1', '0x10', '1.0', ' 5', 'abc', '', '1001', '99999999999999999999', 'NaN'];
const BAD_CURSORS = ['x', '%', 'bm9uc2Vuc2U', 'WzEsMl0', 'bnVsbA', 'e30', '∞', 'a'.repeat(20_000)];
const BAD_SORTS = ['', '--created', 'nonsense', '-', '__proto__', 'constructor', 'toString', 'x'.repeat(20_000)];

/** Filters, sizes, cursors and sorts that no collection takes. */
export const damageQuery = (example: Example): fc.Arbitrary<Sent>[] =>
  Object.entries({ filter: BAD_FILTERS, 'page[size]': BAD_SIZES, 'page[cursor]': BAD_CURSORS, sort: BAD_SORTS }).map(
    ([name, values]) => fc.constantFrom(...values).map((value) => withQuery(example, name, value)),
  );

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../../src/consent/import/parseCsv.ts';

const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ä', '\u2028') });
const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('a CSV text', () => {
  it('is read back as it was written, by any end of line, quoted everywhere or where it must be', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean(), (rows, end, all, closed) => {
        const write = (text: string) => (all || /[",\r\n]/.test(text) ? quote(text) : text);
        const text = rows.map((row) => row.map(write).join(',')).join(end) + (closed ? end : '');
        // A last row of one empty field and no end of line is no row.
        const last = rows.at(-1);
        const isLost = !closed && last?.length === 1 && write(last[0] ?? '') === '';
        expect(parseCsv(text)).toEqual({ ok: true, rows: isLost ? rows.slice(0, -1) : rows });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a quote that is not closed', 'a,b\n1,"x\n3,4\n', 2],
    ['a quote within a field', 'a,b\n1,x"y\n3,4', 2],
    ['text behind a closing quote', 'a,b\n1,2\n"x"y,2', 3],
    ['two rows with a quote each, which would swallow what is between', 'a,b\n1,"x\n3,4\n5,"y\n7,8', 2],
  ])('with %s is refused, at its row', (_title, text, row) => {
    expect(parseCsv(text)).toEqual({ ok: false, row });
  });

  it.each([
    ['of quotes alone', '"'.repeat(2_000_001)],
    ['of one endless field', `"${'a""'.repeat(700_000)}`],
    ['of commas', ','.repeat(2_000_000)],
    ['of empty lines', '\n'.repeat(2_000_000)],
  ])('%s is read or refused without much ado', (_title, text) => {
    const before = performance.now();
    parseCsv(text);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { ONCE_TTL_MS } from '../../../src/deliver/limits.ts';
import { forgetOnce, openOnce, releaseOnce } from '../../../src/deliver/tables/once.ts';
import { sqliteStorage } from '../../model/support/sqliteStorage.ts';

const SPAN_MS = 100 * ONCE_TTL_MS;
const order = { key: 'order 1001', claim: 'Placed Order' };
const line = { key: 'order 1001', claim: 'Ordered Product:A' };

function open() {
  const database = new DatabaseSync(':memory:');
  const { sql } = sqliteStorage(database);
  const claim = (nowMs: number, ...keys: (typeof order)[]) => {
    const once = openOnce(sql, nowMs);
    const claimed = keys.map((key) => once.claim(key));
    once.save();
    return claimed;
  };
  const tables = () =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'once%' ORDER BY name")
      .all()
      .map(({ name }) => name);
  const rows = () => tables().flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
  return { sql, claim, tables, rows };
}

it('claims what shares a key in one row', () => {
  const { claim, rows } = open();
  expect([claim(SPAN_MS, order, line, order), rows()]).toEqual([
    [true, true, false],
    [{ key: 'order 1001', claims: '["Placed Order","Ordered Product:A"]' }],
  ]);
});

it('writes nothing where nothing is new', () => {
  const { sql, claim } = open();
  claim(SPAN_MS, order);
  const changes = () => sql.exec<{ n: number }>('SELECT total_changes() AS n').one().n;
  const before = changes();
  expect([claim(SPAN_MS, order), changes() - before]).toEqual([[false], 0]);
});

it('remembers over the end of a span, and what is added then keeps what was there before', () => {
  const { claim } = open();
  claim(SPAN_MS + ONCE_TTL_MS - 1, order);
  expect([claim(SPAN_MS + ONCE_TTL_MS, order, line), claim(SPAN_MS + 2 * ONCE_TTL_MS, order, line)]).toEqual([
    [false, true],
    [false, false],
  ]);
});

it('lets go of a claim alone, also of one that the span before holds', () => {
  const { sql, claim } = open();
  claim(SPAN_MS, order, line);
  releaseOnce(sql, order, SPAN_MS + ONCE_TTL_MS);
  expect(claim(SPAN_MS + ONCE_TTL_MS, order, line)).toEqual([true, false]);
});

it('drops a span whole once no claim in it is younger than ninety days', () => {
  const { sql, claim, tables } = open();
  claim(SPAN_MS + ONCE_TTL_MS - 1, order);
  const kept = [ONCE_TTL_MS, 2 * ONCE_TTL_MS - 1, 2 * ONCE_TTL_MS].map((laterMs) => {
    forgetOnce(sql, SPAN_MS + laterMs);
    return tables().length;
  });
  expect(kept).toEqual([1, 1, 0]);
});

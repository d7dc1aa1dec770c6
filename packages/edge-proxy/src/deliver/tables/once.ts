import { ONCE_TTL_MS } from '../limits.ts';
import type { OnceKey } from '../onceKey.ts';

/** What is remembered of what may happen once only. Changes are written by `save`, one row a key. */
export interface Once {
  /** True the first time that this is seen, whichever job or profile brings it. */
  claim(key: OnceKey): boolean;
  save(): void;
}

/**
 * The claims of the last 90 to 180 days, in a table for each span of 90. An index on their age, and the deletion of each
 * by itself, would cost three times what remembering them does; a table is dropped whole.
 */
export function openOnce(sql: SqlStorage, nowMs: number): Once {
  const span = spanOf(nowMs);
  const known = new Map<string, Set<string>>();
  const changed = new Set<string>();
  let tables: string[] | undefined;
  return {
    claim({ key, claim }) {
      tables ??= createTable(sql, span);
      const claims = known.get(key) ?? readClaims(sql, tables, key);
      known.set(key, claims);
      if (claims.has(claim)) return false;
      claims.add(claim);
      changed.add(key);
      return true;
    },
    save() {
      for (const key of changed) writeClaims(sql, span, key, known.get(key) ?? new Set());
    },
  };
}

/** Forgets a claim: what was not delivered must not stand in the way of another report of the same. */
export function releaseOnce(sql: SqlStorage, { key, claim }: OnceKey, nowMs: number): void {
  const span = spanOf(nowMs);
  const claims = readClaims(sql, createTable(sql, span), key);
  // Written even when none is left: an empty row hides what the span before remembers.
  if (claims.delete(claim)) writeClaims(sql, span, key, claims);
}

export function forgetOnce(sql: SqlStorage, nowMs: number): void {
  for (const table of listTables(sql)) if (Number(table.slice(PREFIX.length)) < spanOf(nowMs) - 1) drop(sql, table);
}

const PREFIX = 'once_';

const spanOf = (nowMs: number) => Math.floor(nowMs / ONCE_TTL_MS);

/** The tables there are, this span's first. */
function createTable(sql: SqlStorage, span: number): string[] {
  sql.exec(
    `CREATE TABLE IF NOT EXISTS ${PREFIX}${span} (key TEXT PRIMARY KEY, claims TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  );
  return listTables(sql);
}

function listTables(sql: SqlStorage): string[] {
  const query = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '${PREFIX}[0-9]*' ORDER BY name DESC`;
  return sql
    .exec<{ name: string }>(query)
    .toArray()
    .map(({ name }) => name);
}

function drop(sql: SqlStorage, table: string): void {
  sql.exec(`DROP TABLE ${table}`);
}

/** The newest row has them all: whoever adds to an older one writes it anew. */
function readClaims(sql: SqlStorage, tables: readonly string[], key: string): Set<string> {
  for (const table of tables) {
    const [row] = sql.exec<{ claims: string }>(`SELECT claims FROM ${table} WHERE key = ?`, key).toArray();
    if (row) return new Set(JSON.parse(row.claims) as string[]);
  }
  return new Set();
}

function writeClaims(sql: SqlStorage, span: number, key: string, claims: ReadonlySet<string>): void {
  sql.exec(`INSERT OR REPLACE INTO ${PREFIX}${span} (key, claims) VALUES (?, ?)`, key, JSON.stringify([...claims]));
}

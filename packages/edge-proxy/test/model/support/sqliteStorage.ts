import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Ground } from '../../../src/deliver/Ground.ts';

/** A Durable Object's storage on Node's own SQLite: what outlives a crash is what stands in `db`. */
export function sqliteStorage(db: DatabaseSync): Ground['storage'] {
  db.exec('CREATE TABLE IF NOT EXISTS _kv (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const pragma = (name: string) => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const sql = {
    exec: (query: string, ...bindings: SQLInputValue[]) => execute(db, query, bindings),
    get databaseSize() {
      return pragma('page_count') * pragma('page_size');
    },
  };
  const storage = {
    sql,
    kv: {
      get(key: string) {
        const row = db.prepare('SELECT value FROM _kv WHERE key = ?').get(key);
        return row === undefined ? undefined : JSON.parse(String(row.value));
      },
      put: (key: string, value: unknown) =>
        void db.prepare('INSERT OR REPLACE INTO _kv VALUES (?, ?)').run(key, JSON.stringify(value)),
      delete: (key: string) => db.prepare('DELETE FROM _kv WHERE key = ?').run(key).changes > 0,
    },
    transactionSync<T>(change: () => T): T {
      db.exec('BEGIN');
      try {
        const result = change();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
  };
  // The parts of DurableObjectStorage that delivery uses, with their semantics.
  return storage as unknown as Ground['storage'];
}

/** The parts of a cursor that are used. As in the runtime a SELECT reads on only as far as its reader does. */
function execute(db: DatabaseSync, query: string, bindings: SQLInputValue[]) {
  if (query.includes(';\n')) {
    db.exec(query);
    return cursor([], 0);
  }
  const statement = db.prepare(query);
  if (/^\s*SELECT/.test(query)) return cursor(statement.iterate(...bindings), 0);
  if (statement.columns().length > 0) return cursor(statement.all(...bindings), 0);
  return cursor([], Number(statement.run(...bindings).changes));
}

function cursor(rows: Iterable<Record<string, unknown>>, rowsWritten: number) {
  const iterator = plain(rows);
  return {
    rowsWritten,
    toArray: () => [...iterator],
    [Symbol.iterator]: () => iterator,
    one() {
      const [row, ...more] = iterator;
      if (row === undefined || more.length > 0) throw new Error(`expected one row, found ${row ? more.length + 1 : 0}`);
      return row;
    },
  };
}

/** Node's rows have no prototype. */
function* plain(rows: Iterable<Record<string, unknown>>): Generator<Record<string, unknown>> {
  for (const row of rows) yield { ...row };
}

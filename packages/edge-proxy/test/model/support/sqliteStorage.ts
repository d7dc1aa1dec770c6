import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Ground } from '../../../src/deliver/Ground.ts';

/** A Durable Object's storage on Node's own SQLite: what outlives a crash is what stands in `db`. */
export function sqliteStorage(db: DatabaseSync): Ground['storage'] {
  db.exec('CREATE TABLE IF NOT EXISTS _kv (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const statements = new Statements(db);
  const pragma = (name: string) => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const sql = {
    exec: (query: string, ...bindings: SQLInputValue[]) => execute(statements, query, bindings),
    get databaseSize() {
      return pragma('page_count') * pragma('page_size');
    },
  };
  const storage = {
    sql,
    kv: {
      get(key: string) {
        const [row] = statements.all('SELECT value FROM _kv WHERE key = ?', [key]);
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
function execute(statements: Statements, query: string, bindings: SQLInputValue[]) {
  if (query.includes(';\n')) {
    statements.db.exec(query);
    return cursor([], 0);
  }
  if (/^\s*SELECT/.test(query)) return cursor(statements.iterate(query, bindings), 0);
  return statements.use(query, (statement) =>
    statement.columns().length > 0
      ? cursor(statement.all(...bindings), 0)
      : cursor([], Number(statement.run(...bindings).changes)),
  );
}

/** Statements are prepared once: that is most of what a small one costs. One that is still being read serves nobody else. */
class Statements {
  readonly db: DatabaseSync;
  readonly #idle = new Map<string, StatementSync[]>();

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  all(query: string, bindings: SQLInputValue[]): Record<string, SQLOutputValue>[] {
    return this.use(query, (statement) => statement.all(...bindings));
  }

  use<T>(query: string, work: (statement: StatementSync) => T): T {
    const idle = this.#idleOf(query);
    const statement = idle.pop() ?? this.db.prepare(query);
    const result = work(statement);
    idle.push(statement);
    return result;
  }

  *iterate(query: string, bindings: SQLInputValue[]): Generator<Record<string, SQLOutputValue>> {
    const idle = this.#idleOf(query);
    const statement = idle.pop() ?? this.db.prepare(query);
    yield* statement.iterate(...bindings);
    idle.push(statement);
  }

  #idleOf(query: string): StatementSync[] {
    const idle = this.#idle.get(query) ?? [];
    this.#idle.set(query, idle);
    return idle;
  }
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');

/** An empty database with the project's migrations. */
export function migratedDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  for (const file of readdirSync(MIGRATIONS).sort()) db.exec(readFileSync(join(MIGRATIONS, file), 'utf8'));
  return db;
}

/** D1 on Node's own SQLite. `before` runs at every call and may hang or throw. */
export function sqliteD1(db: DatabaseSync, before: () => Promise<void> = async () => {}): D1Database {
  const prepare = (query: string) => ({
    bind: (...bindings: SQLInputValue[]) => statement(db, query, { bindings, before }),
  });
  const batch = async (statements: ReturnType<typeof statement>[]) => {
    await before();
    db.exec('SAVEPOINT batch');
    try {
      const results = statements.map(({ read }) => ({ results: read() }));
      db.exec('RELEASE batch');
      return results;
    } catch (error) {
      db.exec('ROLLBACK TO batch; RELEASE batch');
      throw error;
    }
  };
  // The parts of D1Database that consent and delivery use.
  return { prepare, batch } as unknown as D1Database;
}

function statement(
  db: DatabaseSync,
  query: string,
  { bindings, before }: { bindings: SQLInputValue[]; before: () => Promise<void> },
) {
  const read = () => db.prepare(query).all(...bindings);
  return {
    read,
    async all() {
      await before();
      return { results: read() };
    },
    async run() {
      await before();
      return { meta: { changes: Number(db.prepare(query).run(...bindings).changes) } };
    },
  };
}

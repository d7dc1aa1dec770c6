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
  // The parts of D1Database that delivery uses.
  return { prepare } as unknown as D1Database;
}

function statement(
  db: DatabaseSync,
  query: string,
  { bindings, before }: { bindings: SQLInputValue[]; before: () => Promise<void> },
) {
  return {
    async all() {
      await before();
      return { results: db.prepare(query).all(...bindings) };
    },
    async run() {
      await before();
      return { meta: { changes: Number(db.prepare(query).run(...bindings).changes) } };
    },
  };
}

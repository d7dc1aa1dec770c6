import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');

// Cloudflare, D1's limits: bound parameters of a query, bytes of a text or blob, bytes of a statement.
const MAX_PARAMETERS = 100;
const MAX_VALUE_BYTES = 2_000_000;
const MAX_STATEMENT_BYTES = 100_000;

/** An empty database with the project's migrations. */
export function migratedDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  for (const file of readdirSync(MIGRATIONS).sort()) db.exec(readFileSync(join(MIGRATIONS, file), 'utf8'));
  return db;
}

interface Delays {
  /** Runs before each call, and may hang or throw. */
  before?: () => Promise<void>;
  /** Runs between a call and its answer. */
  after?: () => Promise<void>;
}

interface Statement {
  read(): unknown[];
  all(): Promise<unknown>;
  run(): Promise<unknown>;
}

const atOnce = async () => {};

/** D1 on Node's own SQLite, with its limits. */
export function sqliteD1(db: DatabaseSync, { before = atOnce, after = atOnce }: Delays = {}): D1Database {
  const call = async <T>(work: () => T): Promise<T> => {
    await before();
    const result = work();
    await after();
    return result;
  };
  const bind = (query: string, bindings: SQLInputValue[]): Statement => {
    assertFits(query, bindings);
    const read = () => db.prepare(query).all(...bindings);
    return {
      read,
      all: () => call(() => ({ results: read() })),
      run: () => call(() => ({ meta: { changes: Number(db.prepare(query).run(...bindings).changes) } })),
    };
  };
  const prepare = (query: string) => ({ bind: (...bindings: SQLInputValue[]) => bind(query, bindings) });
  const batch = (statements: Statement[]) => call(() => readTogether(db, statements));
  // The parts of D1Database that consent and delivery use.
  return { prepare, batch } as unknown as D1Database;
}

function assertFits(query: string, bindings: readonly SQLInputValue[]): void {
  if (bindings.length > MAX_PARAMETERS) throw new Error(`D1_ERROR: too many SQL variables: ${bindings.length}`);
  if (Buffer.byteLength(query) > MAX_STATEMENT_BYTES) throw new Error('D1_ERROR: statement too long');
  const isTooBig = (value: SQLInputValue) => typeof value === 'string' && Buffer.byteLength(value) > MAX_VALUE_BYTES;
  if (bindings.some(isTooBig)) throw new Error('D1_ERROR: string or blob too big: SQLITE_TOOBIG');
}

function readTogether(db: DatabaseSync, statements: readonly Statement[]): { results: unknown[] }[] {
  db.exec('SAVEPOINT batch');
  try {
    const results = statements.map(({ read }) => ({ results: read() }));
    db.exec('RELEASE batch');
    return results;
  } catch (error) {
    db.exec('ROLLBACK TO batch; RELEASE batch');
    throw error;
  }
}

import { DatabaseSync } from 'node:sqlite';

/** The shop's orders, and beside them in the same database what is still to be reported. */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS orders (
      id TEXT PRIMARY KEY, email TEXT NOT NULL, country TEXT NOT NULL, lines TEXT NOT NULL,
      total REAL NOT NULL, status TEXT NOT NULL, placed_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS outbox (
      seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, properties TEXT NOT NULL,
      options TEXT NOT NULL, refused TEXT
    ) STRICT;
  `);
  return db;
}

/** Runs work in one transaction: all of it is written, or none. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

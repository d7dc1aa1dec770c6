import type { Ground } from '../../src/deliver/Ground.ts';

/** Counts what Cloudflare bills of a storage: rows read and written, index rows included, as its own cursors count them. */
export class Meter {
  rowsRead = 0;
  rowsWritten = 0;
  readonly #open: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  /** Rows written by statement: where the money goes. */
  readonly byStatement = new Map<string, number>();
  readonly #statements: string[] = [];

  sql(sql: SqlStorage): SqlStorage {
    const exec = (query: string, ...bindings: unknown[]) => {
      const cursor = sql.exec(query, ...bindings);
      this.#open.push(cursor);
      this.#statements.push(query);
      return cursor;
    };
    const metered = {
      exec,
      get databaseSize() {
        return sql.databaseSize;
      },
    };
    // The parts of SqlStorage that are used.
    return metered as unknown as SqlStorage;
  }

  storage(inner: DurableObjectStorage): Ground['storage'] {
    const { kv } = inner;
    const metered = {
      get: (key: string) => kv.get(key),
      put: (key: string, value: unknown) => {
        this.write(`kv.put ${key}`);
        kv.put(key, value);
      },
      delete: (key: string) => {
        this.write(`kv.delete ${key}`);
        return kv.delete(key);
      },
    };
    const storage = {
      sql: this.sql(inner.sql),
      kv: metered,
      transactionSync: <T>(change: () => T) => inner.transactionSync(change),
    };
    // The parts of DurableObjectStorage that delivery uses.
    return storage as unknown as Ground['storage'];
  }

  write(what: string, rows = 1): void {
    this.rowsWritten += rows;
    this.byStatement.set(what, (this.byStatement.get(what) ?? 0) + rows);
  }

  /** A cursor's counts are final once it has been read, so they are added up when nothing reads any more. */
  settle(): void {
    for (const [index, cursor] of this.#open.entries()) {
      this.rowsRead += cursor.rowsRead;
      if (cursor.rowsWritten > 0) this.write(this.#statements[index] ?? '', cursor.rowsWritten);
    }
    this.#open.length = 0;
    this.#statements.length = 0;
  }
}

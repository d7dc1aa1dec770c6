/** D1 on a Durable Object's SQLite, which is what D1 is. */
export function sqlD1(sql: SqlStorage): D1Database {
  const prepare = (query: string) => ({
    bind: (...bindings: unknown[]) => ({
      all: async () => ({ results: sql.exec(query, ...bindings).toArray() }),
      run: async () => ({ meta: { changes: sql.exec(query, ...bindings).rowsWritten } }),
    }),
  });
  // The parts of D1Database that collect and deliver use.
  return { prepare } as unknown as D1Database;
}

/** A database that knows nobody and stores nothing: what remains is our side of it. */
export function emptyD1(): D1Database {
  const bind = () => ({ all: async () => ({ results: [] }), run: async () => ({ meta: { changes: 0 } }) });
  // As above.
  return { prepare: () => ({ bind }) } as unknown as D1Database;
}

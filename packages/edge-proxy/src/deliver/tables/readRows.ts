/** The rows of a query. The caller vouches that its columns have the names and types of `Row`: nothing checks them. */
export function readRows<Row>(sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): Row[] {
  return sql.exec<Record<string, SqlStorageValue>>(query, ...bindings).toArray() as unknown as Row[];
}

/** How far one look at Klaviyo has come. Epoch milliseconds. */
export interface Cursor {
  feed: string;
  /** Up to then all has been read. */
  since: number;
  /** When the look that is under way began; null between two. */
  started: number | null;
  /** Its next page; null for the first. */
  page: string | null;
}

export async function readCursors(db: D1Database, account: string): Promise<Cursor[]> {
  const query = 'SELECT feed, since, started, page FROM reconcile_cursors WHERE account = ?1';
  return (await db.prepare(query).bind(account).all<Cursor>()).results;
}

export async function saveCursor(
  db: D1Database,
  account: string,
  { feed, since, started, page }: Cursor,
): Promise<void> {
  const query = `INSERT OR REPLACE INTO reconcile_cursors (account, feed, since, started, page)
    VALUES (?1, ?2, ?3, ?4, ?5)`;
  await db.prepare(query).bind(account, feed, since, started, page).run();
}

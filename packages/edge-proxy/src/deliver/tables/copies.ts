import { readLine, writeLine } from '../itemLine.ts';
import type { OnceKey } from '../onceKey.ts';
import type { StoredEvent } from '../storedItem.ts';

/** Another report of what may happen once only, kept for the case that Klaviyo refuses the first. The latest is kept. */
export interface Copy {
  once: OnceKey;
  item: StoredEvent;
}

export function keepCopy(sql: SqlStorage, { once, item }: Copy, nowMs: number): void {
  const query = 'INSERT OR REPLACE INTO copies (key, stored_at, item) VALUES (?, ?, ?)';
  sql.exec(query, textOf(once), nowMs, writeLine(item));
}

/** The copy that may go in the place of what was refused; it is kept no longer. */
export function takeCopy(sql: SqlStorage, once: OnceKey): StoredEvent | undefined {
  const query = 'DELETE FROM copies WHERE key = ? RETURNING item';
  const [row] = sql.exec<{ item: string }>(query, textOf(once)).toArray();
  return row && readLine<StoredEvent>(row.item);
}

export function forgetCopies(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM copies WHERE stored_at < ?', beforeMs);
}

function textOf({ key, claim }: OnceKey): string {
  return JSON.stringify([key, claim]);
}

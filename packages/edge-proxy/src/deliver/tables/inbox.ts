import type { LaneName } from '../../map/item.ts';
import { assertRowFits } from './assertRowFits.ts';

/** Items of one lane and group as they arrive: each a line of JSON. */
export interface Chunk {
  lane: LaneName;
  grp: string;
  lines: string[];
  urgent: boolean;
}

export function countItems(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { lines }) => sum + lines.length, 0);
}

/** The items at the head of a group, and how far to advance when they become a job. */
export interface Head {
  lane: LaneName;
  grp: string;
  lines: string[];
  /** For each row touched: the cursor after taking. */
  advance: { seq: number; cursor: number; count: number }[];
}

/** What waits of one lane and group. */
export interface Waiting {
  lane: LaneName;
  grp: string;
  items: number;
  bytes: number;
  oldestMs: number;
  urgent: boolean;
}

export function insertChunk(sql: SqlStorage, { lane, grp, lines, urgent }: Chunk, nowMs: number): void {
  const items = lines.join('\n');
  assertRowFits(items);
  const query = 'INSERT INTO inbox (v, lane, grp, items, count, urgent, stored_at) VALUES (1, ?, ?, ?, ?, ?, ?)';
  sql.exec(query, lane, grp, items, lines.length, urgent ? 1 : 0, nowMs);
}

/** `octet_length`, unlike `length`, reads no row's content: a long backlog must not cost its own size at every look. */
export function readWaiting(sql: SqlStorage): Waiting[] {
  const query = `SELECT lane, grp, sum(count - cursor) AS items, sum(octet_length(items) * (count - cursor) / count) AS bytes,
    min(stored_at) AS oldestMs, max(urgent) AS urgent FROM inbox GROUP BY lane, grp`;
  return sql
    .exec<{ lane: LaneName; grp: string; items: number; bytes: number; oldestMs: number; urgent: number }>(query)
    .toArray()
    .map((row) => ({ ...row, urgent: row.urgent === 1 }));
}

interface InboxRow extends Record<string, SqlStorageValue> {
  seq: number;
  items: string;
  bytes: number;
  count: number;
  cursor: number;
}

/** Reads as many items from the head of a group as fit a job. Changes nothing. */
export function peekHead(
  sql: SqlStorage,
  lane: LaneName,
  grp: string,
  limits: { maxItems: number; maxBytes: number },
): Head {
  const head: Head = { lane, grp, lines: [], advance: [] };
  const query =
    'SELECT seq, items, octet_length(items) AS bytes, count, cursor FROM inbox WHERE lane = ? AND grp = ? ORDER BY seq';
  let bytes = 0;
  for (const row of sql.exec<InboxRow>(query, lane, grp)) {
    // Its row's average: what comes out too large for a row is divided when it is frozen.
    const bytesPerUnit = row.bytes / row.items.length;
    let { cursor } = row;
    for (const line of linesFrom(row.items, row.cursor)) {
      bytes += (line.length + 1) * bytesPerUnit;
      const full = head.lines.length >= limits.maxItems || (bytes > limits.maxBytes && head.lines.length > 0);
      if (full)
        return cursor > row.cursor
          ? { ...head, advance: [...head.advance, { seq: row.seq, cursor, count: row.count }] }
          : head;
      head.lines.push(line);
      cursor++;
    }
    head.advance.push({ seq: row.seq, cursor, count: row.count });
  }
  return head;
}

/** The lines after the first `skip`, one by one: of a long row often only a part is taken. */
function* linesFrom(text: string, skip: number): Generator<string> {
  let start = 0;
  for (let line = 0; start <= text.length; line++) {
    const end = text.indexOf('\n', start);
    const next = end === -1 ? text.length : end;
    if (line >= skip) yield text.slice(start, next);
    start = next + 1;
  }
}

/** Moves the cursors past the items that were taken; rows taken whole go. */
export function advanceHead(sql: SqlStorage, { advance }: Head): void {
  for (const { seq, cursor, count } of advance) {
    if (cursor >= count) sql.exec('DELETE FROM inbox WHERE seq = ?', seq);
    else sql.exec('UPDATE inbox SET cursor = ? WHERE seq = ?', cursor, seq);
  }
}

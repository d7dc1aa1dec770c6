import type { LaneName } from '../../map/item.ts';
import { assertRowFits } from './assertRowFits.ts';

/** Items of one lane and group as they arrive. */
export interface Chunk {
  lane: LaneName;
  grp: string;
  /** A line each: itemLine.ts. */
  items: string;
  count: number;
  urgent: boolean;
}

export function countItems(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { count }) => sum + count, 0);
}

/** The items at the head of a group, and how far to advance when they become a job. */
export interface Head {
  lane: LaneName;
  grp: string;
  lines: string[];
  /** The rows touched, and the cursor of each after taking. */
  advance: { row: RowSize; to: number }[];
}

interface HeadLimits {
  maxItems: number;
  maxBytes: number;
  /** Only what was stored by then, epoch milliseconds. @default everything */
  storedByMs?: number | undefined;
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

type RowSize = {
  seq: number;
  bytes: number;
  count: number;
  cursor: number;
  urgent: number;
};

type Sum = {
  lane: LaneName;
  grp: string;
  items: number;
  bytes: number;
  urgentRows: number;
  /** Unknown once its first row is gone. */
  oldestMs: number | undefined;
};

/**
 * What waits, in rows as they arrived. Its sums are kept in memory beside the rows, since adding up a long backlog at
 * every look would cost its length. Every change runs in a transaction; one that is rolled back calls `forget`.
 */
export class Inbox {
  readonly #sql: SqlStorage;
  #sums: Map<string, Sum> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ lane, grp, items, count, urgent }: Chunk, nowMs: number): void {
    const sum = this.#sumOf(lane, grp, nowMs);
    const query = `INSERT INTO inbox (v, lane, grp, items, count, urgent, stored_at) VALUES (1, ?, ?, ?, ?, ?, ?)
      RETURNING octet_length(items) AS bytes`;
    const row = this.#sql.exec<{ bytes: number }>(query, lane, grp, items, count, Number(urgent), nowMs).one();
    assertRowFits(row);
    sum.bytes += row.bytes;
    sum.items += count;
    sum.urgentRows += Number(urgent);
  }

  waiting(): Waiting[] {
    return [...this.#read().values()].map((sum) => {
      sum.oldestMs ??= this.#readOldest(sum);
      const { urgentRows, oldestMs, ...rest } = sum;
      return { ...rest, oldestMs, urgent: urgentRows > 0 };
    });
  }

  /** Reads as many items from the head of a group as fit a job. Changes nothing. */
  peek({ lane, grp }: Pick<Waiting, 'lane' | 'grp'>, limits: HeadLimits): Head {
    const head: Head = { lane, grp, lines: [], advance: [] };
    const query = `SELECT seq, items, octet_length(items) AS bytes, count, cursor, urgent FROM inbox
      WHERE lane = ? AND grp = ? AND stored_at <= ? ORDER BY seq`;
    const { storedByMs = Number.MAX_SAFE_INTEGER } = limits;
    let bytes = 0;
    for (const { items, ...row } of this.#sql.exec<RowSize & { items: string }>(query, lane, grp, storedByMs)) {
      // Its row's average: what comes out too large for a row is divided when it is frozen.
      const bytesPerUnit = row.bytes / items.length;
      let to = row.cursor;
      for (const line of linesFrom(items, row.cursor)) {
        bytes += (line.length + 1) * bytesPerUnit;
        const full = head.lines.length >= limits.maxItems || (bytes > limits.maxBytes && head.lines.length > 0);
        if (full) return to > row.cursor ? { ...head, advance: [...head.advance, { row, to }] } : head;
        head.lines.push(line);
        to++;
      }
      head.advance.push({ row, to });
    }
    return head;
  }

  /** Moves the cursors past the items that were taken; rows taken whole go. */
  take({ lane, grp, advance }: Head): void {
    const sum = this.#sumOf(lane, grp, 0);
    for (const { row, to } of advance) {
      sum.items -= to - row.cursor;
      sum.bytes -= bytesLeft(row) - bytesLeft({ ...row, cursor: to });
      if (to < row.count) {
        this.#sql.exec('UPDATE inbox SET cursor = ? WHERE seq = ?', to, row.seq);
        continue;
      }
      this.#sql.exec('DELETE FROM inbox WHERE seq = ?', row.seq);
      sum.urgentRows -= row.urgent;
      sum.oldestMs = undefined;
    }
    if (sum.items === 0) this.#sums?.delete(keyOf(sum));
  }

  /** The rows are the truth: what they add up to is read anew. */
  forget(): void {
    this.#sums = undefined;
  }

  #sumOf(lane: LaneName, grp: string, nowMs: number): Sum {
    const sums = this.#read();
    const empty: Sum = { lane, grp, items: 0, bytes: 0, urgentRows: 0, oldestMs: nowMs };
    const sum = sums.get(keyOf(empty)) ?? empty;
    sums.set(keyOf(sum), sum);
    return sum;
  }

  #read(): Map<string, Sum> {
    // `octet_length`, unlike `length`, reads no row's content.
    const query = `SELECT lane, grp, sum(count - cursor) AS items,
      sum(octet_length(items) * (count - cursor) / count) AS bytes, sum(urgent) AS urgentRows, min(stored_at) AS oldestMs
      FROM inbox GROUP BY lane, grp`;
    this.#sums ??= new Map([...this.#sql.exec<Sum & { oldestMs: number }>(query)].map((sum) => [keyOf(sum), sum]));
    return this.#sums;
  }

  #readOldest({ lane, grp }: Pick<Waiting, 'lane' | 'grp'>): number {
    const query = 'SELECT stored_at AS oldestMs FROM inbox WHERE lane = ? AND grp = ? ORDER BY seq LIMIT 1';
    return this.#sql.exec<{ oldestMs: number }>(query, lane, grp).one().oldestMs;
  }
}

function keyOf({ lane, grp }: Pick<Waiting, 'lane' | 'grp'>): string {
  return `${lane} ${grp}`;
}

/** Its part of the row's bytes, rounded as SQLite does. */
function bytesLeft({ bytes, count, cursor }: RowSize): number {
  return Math.trunc((bytes * (count - cursor)) / count);
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

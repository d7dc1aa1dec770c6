import type { DeadLetterFilter } from '@sluice/shared';
import type { LaneName } from '../../map/item.ts';
import type { Count } from './counters.ts';
import { readRows } from './readRows.ts';

/** A row of the dead letters. */
export interface DeadRow {
  id: string;
  lane: LaneName;
  /** JSON. */
  item: string;
  reason: string;
  /** Klaviyo's error as JSON. */
  error: string | null;
  attempts: number;
  diedAtMs: number;
}

/** Where a reader stands: dead letters are read in the order in which they died. */
export type Place = Pick<DeadRow, 'diedAtMs' | 'id'>;

interface DeadQuery {
  filter: DeadLetterFilter;
  after: Place | undefined;
  /** Rows returned. */
  limit: number;
  /** Rows looked at: a filter that hardly anything passes must not read the whole table at once. */
  scan: number;
}

const COLUMNS = 'id, lane, item, reason, error, attempts, died_at AS diedAtMs';

/** Reads on from a place. `next` is null at the end; there may be a next place although nothing was found. */
export function readDead(sql: SqlStorage, query: DeadQuery): { rows: DeadRow[]; next: Place | null } {
  const { filter, limit, scan } = query;
  const { reason = null, lane = null, metric = null, since = 0, until = Number.MAX_SAFE_INTEGER } = filter;
  const after = query.after && query.after.diedAtMs >= since ? query.after : { diedAtMs: since, id: '' };
  const end = placeAt(sql, after, scan);
  const last = end ?? { diedAtMs: Number.MAX_SAFE_INTEGER, id: '' };
  const text = `SELECT ${COLUMNS} FROM dead_letters
    WHERE (died_at, id) > (?1, ?2) AND (died_at, id) <= (?3, ?4) AND died_at < ?5
    AND (?6 IS NULL OR reason = ?6) AND (?7 IS NULL OR lane = ?7) AND (?8 IS NULL OR item ->> 'metric' = ?8)
    ORDER BY died_at, id LIMIT ?9`;
  const bindings = [after.diedAtMs, after.id, last.diedAtMs, last.id, until, reason, lane, metric, limit];
  const rows = readRows<DeadRow>(sql, text, ...bindings);
  const lastRow = rows.at(-1);
  const next = lastRow && rows.length === limit ? placeOf(lastRow) : end;
  return { rows, next: next && next.diedAtMs < until ? next : null };
}

/** All dead letters of these items. */
export function readDeadById(sql: SqlStorage, ids: readonly string[]): DeadRow[] {
  const query = `SELECT ${COLUMNS} FROM dead_letters WHERE id IN (SELECT value FROM json_each(?))`;
  return readRows<DeadRow>(sql, query, JSON.stringify(ids));
}

/** The oldest that died before a time, without their items. */
export function readOldestDead(
  sql: SqlStorage,
  beforeMs: number,
  limit: number,
): Pick<DeadRow, 'id' | 'lane' | 'reason' | 'diedAtMs'>[] {
  const query =
    'SELECT id, lane, reason, died_at AS diedAtMs FROM dead_letters WHERE died_at < ? ORDER BY died_at, id LIMIT ?';
  return readRows<DeadRow>(sql, query, beforeMs, limit);
}

export function deleteDead(sql: SqlStorage, rows: readonly Place[]): void {
  const query = `DELETE FROM dead_letters WHERE (id, died_at) IN
    (SELECT value ->> 'id', value ->> 'diedAtMs' FROM json_each(?))`;
  sql.exec(query, JSON.stringify(rows.map(placeOf)));
}

/** How many of them are in each lane for each reason. */
export function sumDead(rows: readonly Pick<DeadRow, 'lane' | 'reason'>[]): Pick<Count, 'lane' | 'reason' | 'n'>[] {
  const alike = Map.groupBy(rows, ({ lane, reason }) => `${lane} ${reason}`);
  return [...alike.values()].flatMap(([first, ...more]) =>
    first ? [{ lane: first.lane, reason: first.reason, n: 1 + more.length }] : [],
  );
}

function placeOf({ diedAtMs, id }: Place): Place {
  return { diedAtMs, id };
}

/** The place of the nth row from here; null where fewer follow. */
function placeAt(sql: SqlStorage, after: Place, n: number): Place | null {
  const query = `SELECT died_at AS diedAtMs, id FROM dead_letters WHERE (died_at, id) > (?, ?)
    ORDER BY died_at, id LIMIT 1 OFFSET ?`;
  const [place] = sql.exec<{ diedAtMs: number; id: string }>(query, after.diedAtMs, after.id, n - 1).toArray();
  return place ?? null;
}

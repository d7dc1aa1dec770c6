import type { DeadLettersQuery } from '@sluice/shared';
import { DEAD_SCAN_ROWS } from '../limits.ts';
import { type DeadRow, type Place, readDead } from '../tables/deadLetters.ts';

export interface DeadPage {
  rows: DeadRow[];
  /** The cursor of the next page. */
  next: string | null;
}

/** One page of the dead letters that pass a filter, the longest dead first. */
export function listDeadLetters(sql: SqlStorage, query: Omit<DeadLettersQuery, 'account'>): DeadPage {
  const { limit, cursor, ...filter } = query;
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const { rows, next } = readDead(sql, { filter, after, limit, scan: DEAD_SCAN_ROWS });
  return { rows, next: next && `${next.diedAtMs}:${next.id}` };
}

/** The schema has checked its form. */
function parseCursor(cursor: string): Place {
  const colon = cursor.indexOf(':');
  return { diedAtMs: Number(cursor.slice(0, colon)), id: cursor.slice(colon + 1) };
}

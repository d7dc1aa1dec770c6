import type { Purpose } from '../../consent/decision.ts';

/** A decision against something, which jobs that were frozen before it have not heard of. */
export interface Denial {
  subject: string;
  purpose: Purpose;
  /** "" means every list. */
  list: string;
  decidedAtMs: number;
}

/** Numbers rise with each denial, also over restarts; a job remembers the last one that its freezing knew of. */
export function lastBlock(sql: SqlStorage): number {
  const query = "SELECT seq FROM sqlite_sequence WHERE name = 'blocked'";
  return sql.exec<{ seq: number }>(query).toArray()[0]?.seq ?? 0;
}

export function addBlocks(sql: SqlStorage, denials: readonly Denial[]): void {
  const query = `INSERT INTO blocked (subject, purpose, list, decided_at)
    SELECT value ->> 'subject', value ->> 'purpose', value ->> 'list', value ->> 'decidedAtMs' FROM json_each(?)`;
  sql.exec(query, JSON.stringify(denials));
}

/** The denials of some people since a number. */
export function readBlocks(sql: SqlStorage, since: number, subjects: readonly string[]): Denial[] {
  const query = `SELECT subject, purpose, list, decided_at AS decidedAtMs FROM blocked
    WHERE seq > ? AND subject IN (SELECT value FROM json_each(?))`;
  return [
    ...sql.exec<{ subject: string; purpose: Purpose; list: string; decidedAtMs: number }>(
      query,
      since,
      JSON.stringify(subjects),
    ),
  ];
}

/** What every job that there is has heard of at its freezing is forgotten. */
export function forgetBlocks(sql: SqlStorage, upTo: number): void {
  sql.exec('DELETE FROM blocked WHERE seq <= ?', upTo);
}

import type { ChainHead } from '../../consent/chain.ts';

/** Notes where chains of the ledger end. Two writers may come in the wrong order: an end never moves back. */
export function noteHeads(sql: SqlStorage, heads: readonly ChainHead[]): void {
  const query = `INSERT INTO heads (subject, seq, hash)
    SELECT value ->> 'subject', value ->> 'seq', value ->> 'hash' FROM json_each(?) WHERE true
    ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, hash = excluded.hash WHERE excluded.seq > seq`;
  sql.exec(query, JSON.stringify(heads));
}

export function readHeads(sql: SqlStorage, after: string, limit: number): ChainHead[] {
  const query = 'SELECT subject, seq, hash FROM heads WHERE subject > ? ORDER BY subject LIMIT ?';
  return sql.exec<{ subject: string; seq: number; hash: string }>(query, after, limit).toArray();
}

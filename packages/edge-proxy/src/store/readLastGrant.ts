import type { Purpose } from '../consent/decision.ts';

/** The number of the last entry in a person's chain that granted a purpose; 0 where none did. */
export async function readLastGrant(db: D1Database, subject: string, purpose: Purpose): Promise<number> {
  const query = `SELECT max(seq) AS seq FROM ledger_entries
    WHERE subject = ?1 AND purpose = ?2 AND decision = 'granted'`;
  const row = await db.prepare(query).bind(subject, purpose).first<{ seq: number | null }>();
  return row?.seq ?? 0;
}

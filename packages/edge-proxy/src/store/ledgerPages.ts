import type { SubjectKind } from '../consent/subjects.ts';
import type { ConsentState } from './consentState.ts';
import type { EntryRow } from './ledgerEntries.ts';

export interface SubjectRow {
  subject: string;
  kind: SubjectKind;
  key_version: string;
  created_at: number;
}

export interface EvidenceRow {
  subject: string;
  seq: number;
  salt: string;
  evidence: string;
}

/** The next subjects of an account, in order. */
export async function readSubjects(
  db: D1Database,
  account: string,
  after: string,
  limit: number,
): Promise<SubjectRow[]> {
  const query = `SELECT subject, kind, key_version, created_at FROM subjects
    WHERE account = ?1 AND subject > ?2 ORDER BY subject LIMIT ?3`;
  return (await db.prepare(query).bind(account, after, limit).all<SubjectRow>()).results;
}

/** All that the database has of some subjects. */
export async function readChainRows(
  db: D1Database,
  subjects: readonly string[],
): Promise<{ entries: EntryRow[]; evidence: EvidenceRow[]; states: ConsentState[] }> {
  const among = 'WHERE subject IN (SELECT value FROM json_each(?1))';
  const bound = JSON.stringify(subjects);
  const [entries, evidence, states] = await db.batch([
    db.prepare(`SELECT * FROM ledger_entries ${among} ORDER BY subject, seq`).bind(bound),
    db.prepare(`SELECT * FROM ledger_evidence ${among}`).bind(bound),
    db.prepare(`SELECT subject, purpose, list, decision, decided_at, seq FROM consent_state ${among}`).bind(bound),
  ]);
  return {
    entries: (entries?.results ?? []) as EntryRow[],
    evidence: (evidence?.results ?? []) as EvidenceRow[],
    states: (states?.results ?? []) as ConsentState[],
  };
}

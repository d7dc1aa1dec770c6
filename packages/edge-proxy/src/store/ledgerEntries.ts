import type { ChainHead } from '../consent/chain.ts';
import type { Decision } from '../consent/decision.ts';
import type { Past } from '../consent/needsConfirmation.ts';
import { namesOf, type Subject } from '../consent/subjects.ts';

/** A row of `ledger_entries`. Times are epoch milliseconds; `list` is "" for none. */
export interface EntryRow {
  subject: string;
  seq: number;
  v: number;
  purpose: string;
  decision: string;
  list: string;
  decided_at: number;
  received_at: number;
  source: string;
  message_id: string;
  evidence_hash: string;
  prev: string;
  hash: string;
}

/** An entry with what stands beside it in other tables. */
export interface LedgerRow {
  of: Subject;
  entry: EntryRow;
  salt: string;
  evidence: string;
}

type Written = Pick<EntryRow, 'subject' | 'message_id' | 'purpose' | 'list' | 'decision' | 'decided_at'>;

/** What the ledger knows of some people and messages. */
export interface Chains {
  ends: ChainHead[];
  /** What the messages wrote before. */
  written: Written[];
}

/** D1 takes 100 bound parameters, so lists travel as one JSON array each. */
export async function readChains(db: D1Database, decisions: readonly Decision[]): Promise<Chains> {
  const subjects = [...new Set(decisions.map(({ subject }) => subject.subject))];
  const messages = decisions.flatMap((decision) => namesOf(decision).map((name) => [name, decision.messageId]));
  const [ends, written] = await db.batch([
    db
      .prepare(
        `SELECT subject, seq, hash FROM json_each(?1) JOIN ledger_entries ON subject = value
         WHERE seq = (SELECT max(seq) FROM ledger_entries WHERE subject = value)`,
      )
      .bind(JSON.stringify(subjects)),
    db
      .prepare(
        `SELECT DISTINCT subject, message_id, purpose, list, decision, decided_at FROM json_each(?1)
         JOIN ledger_entries ON subject = value ->> 0 AND message_id = value ->> 1`,
      )
      .bind(JSON.stringify(messages)),
  ]);
  return { ends: (ends?.results ?? []) as ChainHead[], written: (written?.results ?? []) as Written[] };
}

/**
 * Writes entries, evidence and derived state in one transaction, however many there are. False when another writer took
 * a sequence number.
 */
export async function insertEntries(db: D1Database, account: string, rows: readonly LedgerRow[]): Promise<boolean> {
  const subjects = rows.map(({ of, entry }) => ({ ...of, created: entry.received_at }));
  const entries = JSON.stringify(rows.map(({ entry }) => entry));
  const evidence = rows.map(({ entry: { subject, seq }, salt, evidence }) => ({ subject, seq, salt, evidence }));
  try {
    await db.batch([
      db
        .prepare(
          `INSERT OR IGNORE INTO subjects (subject, account, kind, key_version, created_at)
           SELECT value ->> 'subject', ?2, value ->> 'kind', value ->> 'keyVersion', value ->> 'created' FROM json_each(?1)`,
        )
        .bind(JSON.stringify(subjects), account),
      db.prepare(INSERT_ENTRIES).bind(entries),
      db
        .prepare(
          `INSERT INTO ledger_evidence (subject, seq, salt, evidence)
           SELECT value ->> 'subject', value ->> 'seq', value ->> 'salt', value ->> 'evidence' FROM json_each(?1)`,
        )
        .bind(JSON.stringify(evidence)),
      db.prepare(DERIVE_STATE).bind(entries),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('UNIQUE constraint failed')) return false;
    throw error;
  }
}

/** Every marketing decision that some people ever took. */
export async function readPast(db: D1Database, subjects: readonly string[]): Promise<Past[]> {
  const query = `SELECT purpose, list, decision, decided_at, source FROM ledger_entries
    WHERE subject IN (SELECT value FROM json_each(?1)) AND purpose <> 'tracking'`;
  return (await db.prepare(query).bind(JSON.stringify(subjects)).all<Past>()).results;
}

const COLUMNS: readonly (keyof EntryRow)[] = [
  'subject',
  'seq',
  'v',
  'purpose',
  'decision',
  'list',
  'decided_at',
  'received_at',
  'source',
  'message_id',
  'evidence_hash',
  'prev',
  'hash',
];
const INSERT_ENTRIES = `INSERT INTO ledger_entries (${COLUMNS.join(', ')})
  SELECT ${COLUMNS.map((column) => `value ->> '${column}'`).join(', ')} FROM json_each(?1)`;

/** The later decision wins; on a tie the denial does. */
const DERIVE_STATE = `INSERT INTO consent_state (subject, purpose, list, decision, decided_at, seq)
  SELECT value ->> 'subject', value ->> 'purpose', value ->> 'list', value ->> 'decision', value ->> 'decided_at',
    value ->> 'seq' FROM json_each(?1) WHERE true
  ON CONFLICT (subject, purpose, list) DO UPDATE SET
    decision = excluded.decision, decided_at = excluded.decided_at, seq = excluded.seq
  WHERE excluded.decided_at > decided_at OR (excluded.decided_at = decided_at AND excluded.decision = 'denied')`;

import type { Subject } from '../consent/subjects.ts';

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

export interface Head {
  seq: number;
  hash: string;
  /** The entry that this message wrote before, if it did. */
  alreadySeq: number | undefined;
}

/** The end of a subject's chain. */
export async function readHead(
  db: D1Database,
  subject: string,
  messageId: string,
  purpose: string,
  list: string,
): Promise<Head> {
  const [last, already] = await db.batch<{ seq: number; hash: string }>([
    db.prepare('SELECT seq, hash FROM ledger_entries WHERE subject = ?1 ORDER BY seq DESC LIMIT 1').bind(subject),
    db
      .prepare(
        'SELECT seq, hash FROM ledger_entries WHERE subject = ?1 AND message_id = ?2 AND purpose = ?3 AND list = ?4',
      )
      .bind(subject, messageId, purpose, list),
  ]);
  const head = last?.results[0];
  return { seq: head?.seq ?? 0, hash: head?.hash ?? '', alreadySeq: already?.results[0]?.seq };
}

interface Insertion {
  account: string;
  subject: Subject;
  row: EntryRow;
  salt: string;
  evidence: string;
}

/** Writes entry, evidence and derived state in one transaction. False when another writer took the sequence number. */
export async function insertEntry(
  db: D1Database,
  { account, subject, row, salt, evidence }: Insertion,
): Promise<boolean> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `?${index + 1}`);
  try {
    await db.batch([
      db
        .prepare(
          'INSERT OR IGNORE INTO subjects (subject, account, kind, key_version, created_at) VALUES (?1, ?2, ?3, ?4, ?5)',
        )
        .bind(subject.subject, account, subject.kind, subject.keyVersion, row.received_at),
      db
        .prepare(`INSERT INTO ledger_entries (${columns.join(', ')}) VALUES (${places.join(', ')})`)
        .bind(...Object.values(row)),
      db
        .prepare('INSERT INTO ledger_evidence (subject, seq, salt, evidence) VALUES (?1, ?2, ?3, ?4)')
        .bind(row.subject, row.seq, salt, evidence),
      deriveState(db, row),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('UNIQUE constraint failed')) return false;
    throw error;
  }
}

/** The later decision wins; on a tie the denial does. */
function deriveState(db: D1Database, row: EntryRow): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO consent_state (subject, purpose, list, decision, decided_at, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT (subject, purpose, list) DO UPDATE SET decision = excluded.decision, decided_at = excluded.decided_at, seq = excluded.seq
       WHERE excluded.decided_at > decided_at OR (excluded.decided_at = decided_at AND excluded.decision = 'denied')`,
    )
    .bind(row.subject, row.purpose, row.list, row.decision, row.decided_at, row.seq);
}

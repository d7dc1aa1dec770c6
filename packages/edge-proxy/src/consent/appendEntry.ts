import type { LedgerKeys } from '../settings.ts';
import { type EntryRow, insertEntry, readHead } from '../store/ledgerEntries.ts';
import { hmacHex } from './hmac.ts';
import { ledgerSecret } from './ledgerSecret.ts';
import type { Subject } from './subjects.ts';

export type Purpose = 'tracking' | 'email' | 'sms';

/** One decision of one person for one purpose. */
export interface Decision {
  purpose: Purpose;
  decision: 'granted' | 'denied';
  list: string | null;
  decidedAtMs: number;
  receivedAtMs: number;
  source: string;
  messageId: string;
  /** What the person saw when deciding; personal data, erasable. */
  evidence: Record<string, unknown>;
}

export type Appended = { ok: true; seq: number } | { ok: false; reason: 'contended' | 'unavailable' };

/** Two people rarely share a subject; twenty losers in a row mean something is wrong, not busy. */
const MAX_TRIES = 20;

/**
 * Appends a decision to the subject's chain. Each entry's hash covers the one before, so a change anywhere shows.
 * A writer that loses the race for a sequence number reads the new head and tries again.
 * A decision whose message is in the chain already is not written twice.
 */
export async function appendEntry(
  db: D1Database,
  account: string,
  subject: Subject,
  decision: Decision,
  keys: LedgerKeys,
): Promise<Appended> {
  const salt = crypto.randomUUID();
  const evidence = JSON.stringify(decision.evidence);
  const secret = ledgerSecret(keys, subject.keyVersion);
  const evidenceHash = await hmacHex(secret, 'evidence', `${salt}\n${evidence}`);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const head = await readHead(db, subject.subject, decision.messageId, decision.purpose, decision.list ?? '');
    if (head.alreadySeq !== undefined) return { ok: true, seq: head.alreadySeq };
    const entry: Omit<EntryRow, 'hash'> = {
      subject: subject.subject,
      seq: head.seq + 1,
      v: 1,
      purpose: decision.purpose,
      decision: decision.decision,
      list: decision.list ?? '',
      decided_at: decision.decidedAtMs,
      received_at: decision.receivedAtMs,
      source: decision.source,
      message_id: decision.messageId,
      evidence_hash: evidenceHash,
      prev: head.hash,
    };
    const row = { ...entry, hash: await hmacHex(secret, 'chain', JSON.stringify(entry)) };
    if (await insertEntry(db, { account, subject, row, salt, evidence })) return { ok: true, seq: row.seq };
  }
  return { ok: false, reason: 'contended' };
}

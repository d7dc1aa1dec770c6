import type { LedgerKeys } from '../settings.ts';
import type { EntryRow } from '../store/ledgerEntries.ts';
import { hmacHex } from './hmac.ts';
import { ledgerSecret } from './ledgerSecret.ts';
import type { SubjectKind } from './subjects.ts';

/** Where a chain ends. */
export interface ChainHead {
  subject: string;
  seq: number;
  hash: string;
}

/** Whose chain it is. */
export interface ChainOwner {
  account: string;
  kind: SubjectKind;
}

/**
 * The hash of an entry covers whose it is and all its fields, the hash of the one before among them. Their order is part
 * of the format.
 */
export function hashEntry(entry: Omit<EntryRow, 'hash'>, owner: ChainOwner, keys: LedgerKeys): Promise<string> {
  const { account, kind } = owner;
  const { subject, seq, v, purpose, decision, list, decided_at, received_at, source, message_id } = entry;
  const { evidence_hash, prev } = entry;
  const fields = {
    account,
    kind,
    subject,
    seq,
    v,
    purpose,
    decision,
    list,
    decided_at,
    received_at,
    source,
    message_id,
  };
  return hmacHex(secretOf(subject, keys), 'chain', JSON.stringify({ ...fields, evidence_hash, prev }));
}

/** Salted, so that the hash that stays after an erasure cannot be guessed back to what it was made of. */
export function hashEvidence(subject: string, salt: string, evidence: string, keys: LedgerKeys): Promise<string> {
  return hmacHex(secretOf(subject, keys), 'evidence', `${salt}\n${evidence}`);
}

/** A subject begins with the version of the key that made it; its chain is kept with the same. */
function secretOf(subject: string, keys: LedgerKeys): string {
  return ledgerSecret(keys, subject.slice(0, subject.indexOf('.')));
}

import type { LedgerKeys } from '../settings.ts';
import type { ConsentState } from '../store/consentState.ts';
import type { EntryRow } from '../store/ledgerEntries.ts';
import type { EvidenceRow, SubjectRow } from '../store/ledgerPages.ts';
import { type ChainHead, hashEntry, hashEvidence } from './chain.ts';
import { latestDecisions } from './latestDecisions.ts';

/** Something in the ledger that is not as it was written. `seq` 0: the chain as a whole. */
export interface Break {
  subject: string;
  seq: number;
  what:
    | 'entry_changed'
    | 'entry_missing'
    | 'evidence_changed'
    | 'evidence_missing'
    | 'end_cut_off'
    | 'chain_missing'
    | 'subject_changed'
    | 'subject_missing'
    | 'state_changed'
    /** LEDGER_KEYS lacks the key that the chain was made with: nothing can be said of it. */
    | 'key_missing';
}

/** All that is kept of one subject. */
export interface Chain {
  account: string;
  subject: string;
  /** Undefined where it is not listed among the account's subjects. */
  row: SubjectRow | undefined;
  entries: readonly EntryRow[];
  evidence: readonly EvidenceRow[];
  states: readonly ConsentState[];
  /** Where the chain ended when it was last written, kept outside of the database. */
  head: ChainHead | undefined;
}

/** Recomputes a chain and compares it with everything that is kept beside it. Finds every break, the first one first. */
export async function checkChain(chain: Chain, keys: LedgerKeys): Promise<Break[]> {
  const { subject, entries } = chain;
  if (!Object.hasOwn(keys.keys, versionOf(subject))) return [{ subject, seq: 0, what: 'key_missing' }];
  if (entries.length === 0) return [{ subject, seq: 0, what: 'chain_missing' }];
  const breaks = [...checkSubject(chain), ...checkLinks(chain)];
  for (const entry of entries) {
    if (await isForged(entry, chain, keys)) breaks.push({ subject, seq: entry.seq, what: 'entry_changed' });
    breaks.push(...(await checkEvidence(entry, chain, keys)));
  }
  breaks.push(...checkEnd(chain), ...checkStates(chain));
  return breaks.sort((a, b) => a.seq - b.seq);
}

/** A subject begins with the version of the key that made it. */
function versionOf(subject: string): string {
  return subject.slice(0, Math.max(0, subject.indexOf('.')));
}

function checkSubject({ subject, row, entries: [first] }: Chain): Break[] {
  if (!row) return [{ subject, seq: 0, what: 'subject_missing' }];
  const isTrue = row.key_version === versionOf(subject) && row.created_at === first?.received_at;
  return isTrue ? [] : [{ subject, seq: 0, what: 'subject_changed' }];
}

/** Numbers without a gap from 1, each entry after the hash of the one before. */
function checkLinks({ subject, entries }: Chain): Break[] {
  return entries.flatMap(({ seq, prev }, index): Break[] => {
    const before = entries[index - 1];
    const expected = (before?.seq ?? 0) + 1;
    if (seq !== expected) return [{ subject, seq: expected, what: 'entry_missing' }];
    return prev === (before?.hash ?? '') ? [] : [{ subject, seq, what: 'entry_changed' }];
  });
}

/** Of whom nothing is listed it is not known whose the chain is, which its hashes cover. */
async function isForged({ hash, ...entry }: EntryRow, { account, row }: Chain, keys: LedgerKeys): Promise<boolean> {
  return row !== undefined && hash !== (await hashEntry(entry, { account, kind: row.kind }, keys));
}

async function checkEvidence(
  { subject, seq, evidence_hash }: EntryRow,
  { evidence }: Chain,
  keys: LedgerKeys,
): Promise<Break[]> {
  const seen = evidence.find((row) => row.seq === seq);
  if (!seen) return [{ subject, seq, what: 'evidence_missing' }];
  const isSame = (await hashEvidence(subject, seen.salt, seen.evidence, keys)) === evidence_hash;
  return isSame ? [] : [{ subject, seq, what: 'evidence_changed' }];
}

/** A chain may have grown since its end was noted, but what was noted must still be in it. */
function checkEnd({ subject, entries, head }: Chain): Break[] {
  if (head === undefined) return [];
  const noted = entries.find(({ seq }) => seq === head.seq);
  if (!noted) return [{ subject, seq: head.seq, what: 'end_cut_off' }];
  return noted.hash === head.hash ? [] : [{ subject, seq: head.seq, what: 'entry_changed' }];
}

/** The gate reads what the entries add up to, so that is a place to lie in too. */
function checkStates({ subject, entries, states }: Chain): Break[] {
  const text = ({ purpose, list, decision, decided_at, seq }: EntryRow | ConsentState) =>
    JSON.stringify([purpose, list, decision, decided_at, seq]);
  const expected = latestDecisions(entries).map(text).sort();
  const found = states.map(text).sort();
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ subject, seq: 0, what: 'state_changed' }];
}

import type { LedgerKeys } from '../settings.ts';
import { type Chains, type EntryRow, insertEntries, type LedgerRow, readChains } from '../store/ledgerEntries.ts';
import { type ChainHead, hashEntry, hashEvidence } from './chain.ts';
import type { Decision } from './decision.ts';
import { namesOf } from './subjects.ts';

export type Appended =
  /** `heads`: where the chains of these people end now. `decisions`: as they stand there. `isRepeat`: all of them stood there before. */
  { ok: true; heads: ChainHead[]; decisions: Decision[]; isRepeat: boolean } | { ok: false; reason: 'contended' };

/** Two people rarely share a subject; twenty losers in a row mean something is wrong, not busy. */
const MAX_TRIES = 20;

/**
 * Appends decisions to the chains of their subjects, all or none. Each entry's hash covers the one before, so a change
 * anywhere shows. A writer that loses the race for a sequence number reads the new ends and tries again.
 * A decision whose message is in the chain already is not written twice, and keeps the time that it has there.
 */
export async function appendDecisions(
  db: D1Database,
  account: string,
  decisions: readonly Decision[],
  keys: LedgerKeys,
): Promise<Appended> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const chains = await readChains(db, decisions);
    const written = new Map(chains.written.map((row) => [onceKey({ ...row, messageId: row.message_id }), row]));
    // Also before the ledger's key was replaced: a yes that comes again late must not count as a new one.
    const writtenBefore = (decision: Decision) =>
      namesOf(decision).flatMap((subject) => written.get(onceKey({ ...decision, subject })) ?? [])[0];
    const news = decisions.filter((decision) => !writtenBefore(decision));
    const rows = await chainUp(news, { account, chains, keys });
    if (rows.length > 0 && !(await insertEntries(db, account, rows))) continue;
    const asWritten = decisions.map((decision) => {
      const decidedAtMs = writtenBefore(decision)?.decided_at ?? decision.decidedAtMs;
      return { ...decision, decidedAtMs };
    });
    return { ok: true, heads: endsOf(chains, rows), decisions: asWritten, isRepeat: rows.length === 0 };
  }
  return { ok: false, reason: 'contended' };
}

/** What a message says of one purpose and list, it says once. */
function onceKey({ subject, messageId, purpose, list, decision }: Record<OncePart, string>): string {
  return JSON.stringify([subject, messageId, purpose, list, decision]);
}

type OncePart = 'subject' | 'messageId' | 'purpose' | 'list' | 'decision';

function keyOf(decision: Decision): string {
  return onceKey({ ...decision, subject: decision.subject.subject });
}

interface Chaining {
  account: string;
  chains: Chains;
  keys: LedgerKeys;
}

/** A row a decision, each after the one before. */
async function chainUp(decisions: readonly Decision[], { account, chains, keys }: Chaining): Promise<LedgerRow[]> {
  const last = new Map(chains.ends.map((head) => [head.subject, head]));
  const rows: LedgerRow[] = [];
  for (const decision of new Map(decisions.map((each) => [keyOf(each), each])).values()) {
    const row = await chainOne(decision, last.get(decision.subject.subject), account, keys);
    last.set(row.entry.subject, row.entry);
    rows.push(row);
  }
  return rows;
}

async function chainOne(
  decision: Decision,
  before: ChainHead | undefined,
  account: string,
  keys: LedgerKeys,
): Promise<LedgerRow> {
  const { subject, kind } = decision.subject;
  const salt = crypto.randomUUID();
  const evidence = JSON.stringify(decision.evidence);
  const entry: Omit<EntryRow, 'hash'> = {
    subject,
    seq: (before?.seq ?? 0) + 1,
    v: 1,
    purpose: decision.purpose,
    decision: decision.decision,
    list: decision.list,
    decided_at: decision.decidedAtMs,
    received_at: decision.receivedAtMs,
    source: decision.source,
    message_id: decision.messageId,
    evidence_hash: await hashEvidence(subject, salt, evidence, keys),
    prev: before?.hash ?? '',
  };
  const hash = await hashEntry(entry, { account, kind }, keys);
  return { of: decision.subject, entry: { ...entry, hash }, salt, evidence };
}

function endsOf({ ends }: Chains, rows: readonly LedgerRow[]): ChainHead[] {
  const heads = new Map(ends.map((head) => [head.subject, head]));
  for (const { entry } of rows) heads.set(entry.subject, entry);
  return [...heads.values()].map(({ subject, seq, hash }) => ({ subject, seq, hash }));
}

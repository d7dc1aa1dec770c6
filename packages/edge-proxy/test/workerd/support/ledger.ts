import { env } from 'cloudflare:workers';
import { createHmac } from 'node:crypto';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { LEDGER_KEY } from './settings.ts';

export interface Evidence {
  subject: string;
  seq: number;
  salt: string;
  evidence: string;
}

export async function readTable<Row>(table: string): Promise<Row[]> {
  return (await env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all<Row>()).results;
}

const hmac = (label: string, text: string) =>
  createHmac('sha256', LEDGER_KEY).update(`${label}\n${text}`).digest('hex');

/** What does not hold in the ledger, worked out from its rows and the key alone, without the code that wrote it. */
export async function findBreaks(): Promise<string[]> {
  const entries = await readTable<EntryRow>('ledger_entries');
  const evidence = await readTable<Evidence>('ledger_evidence');
  const subjects = await readTable<{ subject: string; account: string; kind: string }>('subjects');
  const breaks: string[] = [];
  let last: EntryRow | undefined;
  for (const entry of entries) {
    const { hash, ...rest } = entry;
    const before = last?.subject === entry.subject ? last : undefined;
    if (entry.seq !== (before?.seq ?? 0) + 1) breaks.push(`seq ${entry.seq} follows ${before?.seq ?? 0}`);
    if (entry.prev !== (before?.hash ?? '')) breaks.push(`${entry.seq} does not follow the entry before`);
    const owner = subjects.find(({ subject }) => subject === entry.subject);
    const covered = { account: owner?.account, kind: owner?.kind, ...rest };
    if (hash !== hmac('chain', JSON.stringify(covered))) breaks.push(`the hash of ${entry.seq} is not its own`);
    const seen = evidence.find(({ subject, seq }) => subject === entry.subject && seq === entry.seq);
    if (!seen || entry.evidence_hash !== hmac('evidence', `${seen.salt}\n${seen.evidence}`))
      breaks.push(`the evidence of ${entry.seq} is not what was seen`);
    last = entry;
  }
  return breaks;
}

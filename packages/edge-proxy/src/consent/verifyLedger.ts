import type { LedgerKeys } from '../settings.ts';
import { readChainRows, readSubjects } from '../store/ledgerPages.ts';
import type { ChainHead } from './chain.ts';
import { type Break, checkChain } from './checkChain.ts';
import { VERIFY_PAGE_SUBJECTS } from './limits.ts';

interface Verification {
  db: D1Database;
  account: string;
  ledgerKeys: LedgerKeys;
  /** The noted ends of the next chains, in the order of their subjects. */
  readHeads(after: string, limit: number): Promise<ChainHead[]>;
  /** The subject up to which everything was verified before; "" for the first page. */
  after: string;
}

export interface VerifiedPage {
  subjects: number;
  entries: number;
  breaks: Break[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

/**
 * Verifies the next chains of an account. Who is known to the database or to the noted ends belongs to a page, so that
 * a person who was removed from either is missed.
 */
export async function verifyLedger({ db, account, ledgerKeys, readHeads, after }: Verification): Promise<VerifiedPage> {
  const limit = VERIFY_PAGE_SUBJECTS;
  // An end is noted after its entry was written: read the other way round, who comes in between would seem removed.
  const heads = await readHeads(after, limit);
  const listed = await readSubjects(db, account, after, limit);
  // Of a full page nobody knows what comes after its last subject.
  const ends = [heads, listed].flatMap((page) => page.at(limit - 1)?.subject ?? []);
  const next = ends.sort()[0] ?? null;
  const subjects = [...new Set([...listed, ...heads].map(({ subject }) => subject))]
    .filter((subject) => next === null || subject <= next)
    .sort();
  const rows = await readChainRows(db, subjects);
  const breaks: Break[] = [];
  for (const subject of subjects) {
    const isOf = (row: { subject: string }) => row.subject === subject;
    const chain = {
      account,
      subject,
      row: listed.find(isOf),
      entries: rows.entries.filter(isOf),
      evidence: rows.evidence.filter(isOf),
      states: rows.states.filter(isOf),
      head: heads.find(isOf),
    };
    breaks.push(...(await checkChain(chain, ledgerKeys)));
  }
  return { subjects: subjects.length, entries: rows.entries.length, breaks, next };
}

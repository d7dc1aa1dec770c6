import type { Purpose } from '../consent/decision.ts';
import { bindable } from './bindable.ts';

/** What the ledger says now of one subject and purpose. */
export interface ConsentState {
  subject: string;
  purpose: Purpose;
  list: string;
  decision: 'granted' | 'denied';
  decided_at: number;
  /** Of the entry that decided. */
  seq: number;
}

/** The current decisions of many subjects. D1 takes 100 bound parameters, so the subjects travel as JSON arrays. */
export async function readConsentStates(db: D1Database, subjects: readonly string[]): Promise<ConsentState[]> {
  const query =
    'SELECT subject, purpose, list, decision, decided_at, seq FROM consent_state WHERE subject IN (SELECT value FROM json_each(?1))';
  const reads = bindable(subjects).map((json) => db.prepare(query).bind(json).all<ConsentState>());
  return (await Promise.all(reads)).flatMap(({ results }) => results);
}

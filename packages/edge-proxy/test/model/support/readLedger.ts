import type { Purpose } from '../../../src/consent/decision.ts';
import { allSubjectsOf } from '../../../src/consent/subjects.ts';
import type { ConsentShop } from './ConsentShop.ts';
import { everybody, namesOf } from './people.ts';

/** An entry of the ledger, under the name that its subject is made of. */
export interface Entry {
  name: string;
  purpose: Purpose;
  list: string;
  decision: 'granted' | 'denied';
  decidedAtMs: number;
  messageId: string;
  source: string;
  receivedAtMs: number;
}

/** All that the ledger says, in the order in which it came. Entries of nobody whom the shop knows are a defect. */
export async function readLedger(shop: ConsentShop): Promise<Entry[]> {
  const names = new Map<string, string>();
  for (const who of everybody())
    for (const [key, value] of Object.entries(who)) {
      const [name = ''] = namesOf({ [key]: value });
      for (const { subject } of await allSubjectsOf('main', { [key]: value }, shop.ledgerKeys))
        names.set(subject, name);
    }
  const rows = shop.database.prepare('SELECT * FROM ledger_entries ORDER BY received_at, subject, seq').all();
  return rows.map((row) => ({
    name: names.get(String(row.subject)) ?? `nobody ${row.subject}`,
    purpose: row.purpose as Purpose,
    list: String(row.list),
    decision: row.decision as Entry['decision'],
    decidedAtMs: Number(row.decided_at),
    messageId: String(row.message_id),
    source: String(row.source),
    receivedAtMs: Number(row.received_at),
  }));
}

/** What is left of several decisions about one thing: the later one, on a tie the no. */
export function lastOf<D extends Pick<Entry, 'decision' | 'decidedAtMs'>>(decisions: readonly D[]): D | undefined {
  return decisions.toSorted((a, b) => b.decidedAtMs - a.decidedAtMs || (a.decision === 'denied' ? -1 : 1))[0];
}

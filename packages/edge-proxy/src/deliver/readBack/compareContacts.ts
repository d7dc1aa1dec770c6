import { latestDecisions } from '../../consent/latestDecisions.ts';
import { ECHO_MS } from '../../consent/limits.ts';
import { compareConsent, type Finding } from '../../consent/reconcile/compareConsent.ts';
import type { KlaviyoConsent } from '../../consent/reconcile/readSubscriptions.ts';
import { knownAs } from '../../consent/subjects.ts';
import { type ConsentState, readConsentStates } from '../../store/consentState.ts';
import type { Outbox } from '../Outbox.ts';
import { readOwnOptOuts } from '../tables/ownOptOuts.ts';
import { whoIs } from './contactsOf.ts';
import { keyOf } from './readConsents.ts';

/** What follows from what Klaviyo says of one contact. */
export interface Compared {
  consent: KlaviyoConsent;
  /** The person's name in the ledger. */
  subject: string;
  /** What the ledger says of the channel now, by list. */
  states: ConsentState[];
  findings: Finding[];
}

/** Compares what Klaviyo says of people with what the ledger says of them. Throws while the ledger cannot be read. */
export async function compareContacts(outbox: Outbox, consents: readonly KlaviyoConsent[]): Promise<Compared[]> {
  const { sql, account, settings, ground } = outbox;
  const known = await Promise.all(consents.map((each) => knownAs(account, whoIs(each), settings.ledgerKeys)));
  const namesOf = known.map((names) => names.flatMap(({ subject, formerly }) => [subject.subject, ...formerly]));
  const states = Map.groupBy(await readConsentStates(ground.db, [...new Set(namesOf.flat())]), (row) => row.subject);
  const optOuts = new Map(readOwnOptOuts(sql, consents).map((row) => [keyOf(row), row]));
  return consents.map((read, index) => {
    const names = namesOf[index] ?? [];
    const rows = names.flatMap((name) => states.get(name) ?? []).filter(({ purpose }) => purpose === read.channel);
    const own = optOuts.get(keyOf(read));
    const isOwn = own && read.decidedAtMs >= floor(own.sentMs) && read.decidedAtMs <= own.answeredMs + ECHO_MS;
    const consent = read.decision === 'denied' && isOwn ? { ...read, isEcho: true } : read;
    const latest = latestDecisions(rows);
    return { consent, subject: names[0] ?? '', states: latest, findings: compareConsent(consent, latest) };
  });
}

/** Klaviyo's times are whole seconds. */
function floor(ms: number): number {
  return ms - (ms % 1000);
}

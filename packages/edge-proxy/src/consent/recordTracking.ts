import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { logDefect } from '../logDefect.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import { type IdentityKind, readIdentities } from '../store/identities.ts';
import type { Decision } from './decision.ts';
import { type Recorded, type Recording, recordDecisions } from './recordDecisions.ts';
import { knownAs } from './subjects.ts';
import type { TrackingChoice } from './takeConsent.ts';

interface Choosing extends Recording {
  source: string;
  receivedAtMs: number;
  evidence: Record<string, unknown>;
}

/**
 * Writes a choice into the ledger, under each identifier that it brings. A no also under the addresses that the identity
 * graph knows for these ids: what waits under an address may be the same visitor's.
 */
export async function recordTracking(choice: TrackingChoice, choosing: Choosing): Promise<Recorded> {
  const { id, who, decision, decidedAtMs } = choice;
  const { db, account, source, receivedAtMs, evidence, ledgerKeys } = choosing;
  const said = { purpose: 'tracking', list: '', decision, decidedAtMs, receivedAtMs, source, evidence } as const;
  let people: Identifiers[];
  try {
    people = decision === 'denied' ? [who, ...(await readAddresses(db, account, who))] : [who];
  } catch (error) {
    logDefect('identities unavailable', error);
    return { ok: false, reason: 'unavailable' };
  }
  const known = (await Promise.all(people.map((person) => knownAs(account, person, ledgerKeys)))).flat();
  const bySubject = new Map(known.map((each) => [each.subject.subject, each]));
  const decisions = [...bySubject.values()].map((each): Decision => ({ ...said, ...each, messageId: id }));
  return recordDecisions(decisions, choosing);
}

async function readAddresses(db: D1Database, account: string, who: Identifiers): Promise<Identifiers[]> {
  const ids: [IdentityKind, string | undefined][] = [
    ['anonymous', who.anonymous_id],
    ['user', who.external_id],
  ];
  const asked = ids.flatMap(([kind, id]) => (id === undefined ? [] : [{ kind, id }]));
  return (await readIdentities(db, account, asked)).map(({ email, phone }) =>
    dropUndefined<Identifiers>({ email: email ?? undefined, phone_number: phone ?? undefined }),
  );
}

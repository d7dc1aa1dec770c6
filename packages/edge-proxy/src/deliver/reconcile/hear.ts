import { READ_BACK_MS } from '../../consent/limits.ts';
import type { KlaviyoConsent } from '../../consent/reconcile/readSubscriptions.ts';
import type { Outbox } from '../Outbox.ts';
import { compareContacts } from '../readBack/compareContacts.ts';
import { learn, lessonsOf } from '../readBack/learn.ts';
import { planReadBacks } from '../tables/readBacks.ts';

/**
 * Takes in what Klaviyo says of people: what they told it goes into the ledger, and what it lacks is read back again and
 * repaired from there. Other systems are told of opt-outs since `newsSinceMs`. False when the ledger could not be written. Throws while it cannot be read.
 */
export async function hear(outbox: Outbox, consents: readonly KlaviyoConsent[], newsSinceMs = 0): Promise<boolean> {
  const compared = await compareContacts(outbox, consents);
  if (!(await learn(outbox, compared.flatMap(lessonsOf), newsSinceMs))) return false;
  const differing = compared.filter(({ findings }) => findings.some(({ kind }) => kind !== 'learn'));
  const contacts = differing.map(({ consent: { channel, address } }) => ({ channel, address }));
  // As if it had been taken a while ago: due at once, so that the repair passes every check that a repair passes.
  outbox.transaction(() => planReadBacks(outbox.sql, contacts, outbox.now() - READ_BACK_MS[0]));
  return true;
}

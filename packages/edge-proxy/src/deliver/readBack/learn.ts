import type { Decision } from '../../consent/decision.ts';
import { describeOptOut } from '../../consent/describeOptOut.ts';
import type { OptOutNotice } from '../../consent/optOutNotice.ts';
import { KLAVIYO_READ } from '../../consent/ownSources.ts';
import { recordDecisions } from '../../consent/recordDecisions.ts';
import { knownAs } from '../../consent/subjects.ts';
import { block } from '../block.ts';
import type { Outbox } from '../Outbox.ts';
import type { Compared } from './compareContacts.ts';
import { type Contact, whoIs } from './contactsOf.ts';

/** What a person told Klaviyo, and the ledger does not know yet. */
export interface Lesson extends Contact {
  decision: 'granted' | 'denied';
  /** "" means everywhere. */
  list: string;
  decidedAtMs: number;
}

/**
 * Writes what people told Klaviyo into the ledger; from then on nothing is sent against it, and other systems are told of
 * opt-outs since `newsSinceMs`. The same lesson is written once, however often it is learnt. False when the ledger could
 * not be written.
 */
export async function learn(outbox: Outbox, lessons: readonly Lesson[], newsSinceMs = 0): Promise<boolean> {
  if (lessons.length === 0) return true;
  const { account, settings, ground } = outbox;
  const { ledgerKeys } = settings;
  const receivedAtMs = outbox.now();
  const decisions: Decision[] = [];
  const notices: OptOutNotice[] = [];
  for (const { decision, list, decidedAtMs, ...contact } of lessons) {
    const [known] = await knownAs(account, whoIs(contact), ledgerKeys);
    if (!known) throw new Error('a lesson has no address');
    const learnt: Decision = {
      ...known,
      purpose: contact.channel,
      decision,
      list,
      decidedAtMs: Math.min(decidedAtMs, receivedAtMs),
      receivedAtMs,
      source: KLAVIYO_READ,
      messageId: `${KLAVIYO_READ}:${decidedAtMs}`,
      evidence: {},
    };
    decisions.push(learnt);
    const { address } = contact;
    if (decision === 'denied' && decidedAtMs >= newsSinceMs)
      notices.push(await describeOptOut(learnt, { account, address, ledgerKeys }));
  }
  const recorded = await recordDecisions(decisions, {
    db: ground.db,
    dispatcher: { block: async (_account, order) => block(outbox, order) },
    account,
    ledgerKeys,
    notices,
  });
  return recorded.ok;
}

/** What the ledger has to know of what was compared. */
export function lessonsOf({ consent: { channel, address }, findings }: Compared): Lesson[] {
  return findings.flatMap((finding) => (finding.kind === 'learn' ? [{ channel, address, ...finding }] : []));
}

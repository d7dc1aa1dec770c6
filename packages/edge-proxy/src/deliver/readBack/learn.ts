import type { Decision } from '../../consent/decision.ts';
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
 * Writes what people told Klaviyo into the ledger; from then on nothing is sent against it. The same lesson is written
 * once, however often it is learnt. False when the ledger could not be written.
 */
export async function learn(outbox: Outbox, lessons: readonly Lesson[]): Promise<boolean> {
  if (lessons.length === 0) return true;
  const { account, settings, ground } = outbox;
  const { ledgerKeys } = settings;
  const decisions = lessons.map(async ({ decision, list, decidedAtMs, ...contact }): Promise<Decision[]> => {
    const receivedAtMs = outbox.now();
    const said = {
      purpose: contact.channel,
      decision,
      list,
      decidedAtMs: Math.min(decidedAtMs, receivedAtMs),
      receivedAtMs,
      source: KLAVIYO,
      messageId: `${KLAVIYO}:${decidedAtMs}`,
      evidence: {},
    };
    return (await knownAs(account, whoIs(contact), ledgerKeys)).map((known) => ({ ...said, ...known }));
  });
  const recorded = await recordDecisions((await Promise.all(decisions)).flat(), {
    db: ground.db,
    dispatcher: { block: async (_account, order) => block(outbox, order) },
    account,
    ledgerKeys,
  });
  return recorded.ok;
}

/** What the ledger has to know of what was compared. */
export function lessonsOf({ consent: { channel, address }, findings }: Compared): Lesson[] {
  return findings.flatMap((finding) => (finding.kind === 'learn' ? [{ channel, address, ...finding }] : []));
}

/** The source of what a person told Klaviyo itself; no source of the configuration can have the name. */
const KLAVIYO = 'klaviyo:read';

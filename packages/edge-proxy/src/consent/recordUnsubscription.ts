import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import type { Unsubscription } from '../lists/takeUnsubscription.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { Decision } from './decision.ts';
import { describeOptOut } from './describeOptOut.ts';
import { type Recorded, type Recording, recordDecisions } from './recordDecisions.ts';
import { knownAs } from './subjects.ts';

interface Unsubscribing extends Omit<Recording, 'notices'> {
  source: string;
  receivedAtMs: number;
  evidence: Record<string, unknown>;
}

/**
 * Writes an opt-out into the ledger, wherever it comes from: one entry a channel and list, under the address of that
 * channel. Other systems are told of each.
 */
export async function recordUnsubscription(
  { id, addresses, lists, decidedAtMs }: Unsubscription,
  unsubscribing: Unsubscribing,
): Promise<Recorded> {
  const { account, source, receivedAtMs, evidence, ledgerKeys } = unsubscribing;
  const said = { decision: 'denied', decidedAtMs, receivedAtMs, source, messageId: id, evidence } as const;
  const who = dropUndefined<Identifiers>({ email: addresses.email, phone_number: addresses.sms });
  const decisions = (await knownAs(account, who, ledgerKeys)).flatMap((known) =>
    (lists ?? ['']).map((list): Decision => {
      const purpose = known.subject.kind === 'phone' ? 'sms' : 'email';
      return { ...said, ...known, purpose, list };
    }),
  );
  const notices = decisions.map((denied) => {
    const address = addresses[denied.purpose === 'sms' ? 'sms' : 'email'] ?? '';
    return describeOptOut(denied, { account, address, ledgerKeys });
  });
  return recordDecisions(decisions, { ...unsubscribing, notices: await Promise.all(notices) });
}

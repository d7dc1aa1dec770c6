import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { Decision } from './decision.ts';
import { type Recorded, type Recording, recordDecisions } from './recordDecisions.ts';
import { knownAs } from './subjects.ts';

interface Subscribing extends Recording {
  source: string;
  receivedAtMs: number;
  /** What the person saw, and where from they answered. */
  evidence: Record<string, unknown>;
}

/** Writes a subscription into the ledger: one entry a channel and list, under the address of that channel. */
export async function recordSubscription(
  { id, email, phone, channels, lists, decidedAtMs }: AcceptedSubscription,
  subscribing: Subscribing,
): Promise<Recorded> {
  const { account, source, receivedAtMs, evidence, ledgerKeys } = subscribing;
  const said = { decision: 'granted', decidedAtMs, receivedAtMs, source, messageId: id, evidence } as const;
  const decisions: Decision[] = [];
  for (const purpose of channels) {
    const who = dropUndefined<Identifiers>(purpose === 'email' ? { email } : { phone_number: phone });
    const [known] = await knownAs(account, who, ledgerKeys);
    if (!known) throw new Error(`a subscription by ${purpose} has no address for it`);
    for (const list of lists) decisions.push({ ...said, ...known, purpose, list });
  }
  return recordDecisions(decisions, subscribing);
}

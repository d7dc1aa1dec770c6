import type { AcceptedSubscription } from '../ingest/acceptedEvent.ts';
import type { Identifiers } from '../klaviyo/profileAttributes.ts';
import { logDefect } from '../logDefect.ts';
import { dropUndefined } from '../map/dropUndefined.ts';
import type { LedgerKeys } from '../settings.ts';
import { type Appended, appendEntry, type Decision } from './appendEntry.ts';
import { subjectsOf } from './subjects.ts';

interface Recording {
  db: D1Database;
  account: string;
  source: string;
  receivedAtMs: number;
  ledgerKeys: LedgerKeys;
  /** What the person saw, and where from they answered. */
  evidence: Record<string, unknown>;
}

/** Writes a subscription into the ledger: one entry a channel and list, under the address of that channel. */
export async function recordSubscription(subscription: AcceptedSubscription, recording: Recording): Promise<Appended> {
  try {
    return await appendEntries(subscription, recording);
  } catch (error) {
    // A database that is away is no defect of ours: the form may be sent again.
    logDefect('ledger unavailable', error);
    return { ok: false, reason: 'unavailable' };
  }
}

async function appendEntries(subscription: AcceptedSubscription, recording: Recording): Promise<Appended> {
  let last: Appended = { ok: true, seq: 0 };
  for (const purpose of subscription.channels) {
    const who = purpose === 'email' ? { email: subscription.email } : { phone_number: subscription.phone };
    const [subject] = await subjectsOf(recording.account, dropUndefined<Identifiers>(who), recording.ledgerKeys);
    if (!subject) throw new Error(`a subscription by ${purpose} has no address for it`);
    for (const list of subscription.lists) {
      const { id: messageId, decidedAtMs } = subscription;
      const { source, receivedAtMs, evidence } = recording;
      const decision: Decision = {
        purpose,
        decision: 'granted',
        list,
        decidedAtMs,
        receivedAtMs,
        source,
        messageId,
        evidence,
      };
      last = await appendEntry(recording.db, recording.account, subject, decision, recording.ledgerKeys);
      if (!last.ok) return last;
    }
  }
  return last;
}

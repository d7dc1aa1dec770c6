import type { Finding } from '../../consent/reconcile/compareConsent.ts';
import type { SubscribeItem, UnsubscribeItem } from '../../map/item.ts';
import { chunkItems } from '../chunkItems.ts';
import type { Outbox } from '../Outbox.ts';
import { countOutcome } from '../tables/outcomes.ts';
import { type Contact, whoIs } from './contactsOf.ts';

export type Repair = Contact & { subject: string } & Exclude<Finding, { kind: 'learn' }>;

/** Sends again what Klaviyo lacks, as it stands in the ledger. Runs in the caller's transaction. */
export function enqueueRepairs(outbox: Outbox, repairs: readonly Repair[]): void {
  const now = outbox.now();
  for (const chunk of chunkItems(repairs.map((repair) => toItem(repair, now)))) {
    outbox.inbox.add(chunk, now);
    countOutcome(outbox.sql, { lane: chunk.lane, outcome: 'accepted', reason: '', n: chunk.count }, now);
  }
}

function toItem(repair: Repair, nowMs: number): SubscribeItem | UnsubscribeItem {
  const { kind, subject, channel, list, decidedAtMs } = repair;
  const said = {
    who: whoIs(repair),
    purpose: 'marketing' as const,
    receivedAtMs: nowMs,
    channels: [channel],
    decidedAtMs,
  };
  // Born here: the person's name in the ledger, and when the difference was seen.
  const id = `repair-${subject}-${nowMs}#${kind}`;
  return kind === 'unsubscribe'
    ? { ...said, lane: kind, id: `${id}:${channel}` }
    : { ...said, lane: kind, id: `${id}:${list}`, list };
}

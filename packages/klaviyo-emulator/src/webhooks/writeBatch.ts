import { NEWEST_REVISION } from '../limits.ts';
import { presentEvent } from '../present/presentEvent.ts';
import { isoTime } from '../present/wireForms.ts';
import type { Account, Delivery, Webhook } from '../state/types.ts';
import { signBody } from './signBody.ts';

// Links in payloads lead to Klaviyo, since a batch answers nobody's request and knows no other host.
const VIEW = { origin: 'https://a.klaviyo.com', query: new URLSearchParams() };

/** One request to a receiver: the body, and headers that prove where it came from. */
export async function writeBatch(
  account: Account,
  webhook: Webhook,
  { batch, nowMs }: { batch: readonly Delivery[]; nowMs: number },
): Promise<{ body: string; headers: Record<string, string> }> {
  const data = batch.flatMap(({ topic, eventId }) => {
    const event = account.events.get(eventId);
    return event ? [{ topic, external_id: eventId, payload: { data: presentEvent(VIEW, event) } }] : [];
  });
  const meta = {
    timestamp: isoTime(nowMs),
    klaviyo_webhook_id: webhook.id,
    klaviyo_account_id: account.publicKey,
    version: NEWEST_REVISION,
  };
  const body = JSON.stringify({ data, meta });
  const timestamp = new Date(nowMs).toUTCString();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'klaviyo-emulator',
    'Klaviyo-Webhook-Id': webhook.id,
    'Klaviyo-Timestamp': timestamp,
    'Klaviyo-Signature': await signBody(webhook.secretKey, body, timestamp),
  };
  return { body, headers };
}

import { MAX_WAITING_DELIVERIES } from '../limits.ts';
import type { Account, Delivery, Webhook } from '../state/types.ts';

/** What a webhook is owed, oldest first: the newest so many, without events that are gone. */
export function listOwed(account: Account, webhook: Webhook): Delivery[] {
  return account.deliveries
    .filter(({ webhookId, eventId }) => webhookId === webhook.id && account.events.has(eventId))
    .slice(-MAX_WAITING_DELIVERIES);
}

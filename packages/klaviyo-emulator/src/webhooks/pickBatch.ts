import { MAX_WEBHOOK_EVENTS } from '../limits.ts';
import type { Account, Delivery, Webhook } from '../state/types.ts';
import { listOwed } from './listOwed.ts';

/** What a webhook is to be sent now, oldest first; empty while it waits for its next attempt or exists no more. */
export function pickBatch(account: Account, webhook: Webhook, nowMs: number): Delivery[] {
  const exists = account.webhooks.get(webhook.id) === webhook;
  if (!exists || (webhook.failing && webhook.failing.retryAtMs > nowMs)) return [];
  return listOwed(account, webhook).slice(0, MAX_WEBHOOK_EVENTS);
}

import { MAX_WAITING_DELIVERIES } from '../limits.ts';
import type { Account, StoredEvent } from '../state/types.ts';
import { listOwed } from './listOwed.ts';
import { topicOf } from './topicOf.ts';

// Forgotten in heaps: a look at everything after each event would take longer the more is owed.
const MAX_KEPT_PER_WEBHOOK = 2 * MAX_WAITING_DELIVERIES;

/** Notes for every enabled webhook with the event's topic that it is owed the event. */
export function queueDeliveries(account: Account, event: StoredEvent): void {
  const metric = account.metrics.get(event.metricId);
  if (account.webhooks.size === 0 || !metric) return;
  const topic = topicOf(metric);
  for (const webhook of account.webhooks.values()) {
    if (!webhook.enabled) continue;
    if (!webhook.topics.includes(topic)) continue;
    account.deliveries.push({ webhookId: webhook.id, topic, eventId: event.id, createdMs: event.receivedMs });
  }
  if (account.deliveries.length > account.webhooks.size * MAX_KEPT_PER_WEBHOOK) forgetOldest(account);
}

function forgetOldest(account: Account): void {
  const owed = new Set([...account.webhooks.values()].flatMap((webhook) => listOwed(account, webhook)));
  account.deliveries = account.deliveries.filter((delivery) => owed.has(delivery));
}

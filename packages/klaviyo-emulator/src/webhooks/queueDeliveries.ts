import { MAX_WAITING_DELIVERIES } from '../limits.ts';
import type { Account, StoredEvent } from '../state/types.ts';
import { topicOf } from './topicOf.ts';

/** Notes for every enabled webhook with the event's topic that it is owed the event. */
export function queueDeliveries(account: Account, event: StoredEvent): void {
  const metric = account.metrics.get(event.metricId);
  if (account.webhooks.size === 0 || !metric) return;
  const topic = topicOf(metric);
  for (const webhook of account.webhooks.values()) {
    if (!webhook.enabled) continue;
    if (!webhook.topics.includes(topic)) continue;
    account.deliveries.push({ webhookId: webhook.id, topic, eventId: event.id, createdMs: event.receivedMs });
    forgetOldest(account, webhook.id);
  }
}

function forgetOldest(account: Account, webhookId: string): void {
  if (account.deliveries.length <= MAX_WAITING_DELIVERIES) return;
  const waiting = account.deliveries.filter((delivery) => delivery.webhookId === webhookId);
  const [oldest] = waiting;
  if (oldest && waiting.length > MAX_WAITING_DELIVERIES)
    account.deliveries.splice(account.deliveries.indexOf(oldest), 1);
}

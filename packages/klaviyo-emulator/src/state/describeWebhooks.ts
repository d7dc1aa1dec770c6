import { isoTime } from '../present/wireForms.ts';
import { listOwed } from '../webhooks/listOwed.ts';
import type { Account, Webhook } from './types.ts';
import type { WebhookView } from './views.ts';

export function describeWebhooks(account: Account): WebhookView[] {
  return [...account.webhooks.values()].map((webhook) => ({
    account: account.publicKey,
    id: webhook.id,
    name: webhook.name,
    endpoint_url: webhook.endpointUrl,
    enabled: webhook.enabled,
    topics: [...webhook.topics],
    waiting: listOwed(account, webhook).length,
    failing: describeFailing(webhook),
  }));
}

function describeFailing({ failing }: Webhook): WebhookView['failing'] {
  if (!failing) return null;
  const { sinceMs, attempts, retryAtMs } = failing;
  return { since: isoTime(sinceMs), attempts, retry_at: isoTime(retryAtMs) };
}

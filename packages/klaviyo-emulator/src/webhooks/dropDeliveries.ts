import type { Account, Webhook } from '../state/types.ts';

/** Forgets what a webhook is owed, because it is gone or wants nothing. */
export function dropDeliveries(account: Account, webhook: Webhook): void {
  account.deliveries = account.deliveries.filter(({ webhookId }) => webhookId !== webhook.id);
}

import type { Assumptions } from '../assumptions.ts';
import type { Account, Delivery, Webhook } from '../state/types.ts';
import { dropDeliveries } from './dropDeliveries.ts';
import { pickRetryDelay } from './pickRetryDelay.ts';

/** What follows from a receiver's answer: the batch is done, or the webhook rests, or it has failed for too long. */
export function noteAnswer(
  account: Account,
  webhook: Webhook,
  answer: { batch: Delivery[]; taken: boolean; nowMs: number; retry: Assumptions['webhookRetry'] },
): void {
  const { batch, taken, nowMs, retry } = answer;
  if (taken) {
    forgetTaken(account, webhook, batch);
    webhook.failing = null;
    return;
  }
  const { sinceMs, attempts } = webhook.failing ?? { sinceMs: nowMs, attempts: 0 };
  webhook.failing = { sinceMs, attempts: attempts + 1, retryAtMs: nowMs + pickRetryDelay(attempts + 1, retry) };
  if (nowMs - sinceMs <= retry.disableAfterMs) return;
  webhook.enabled = false;
  webhook.updatedMs = nowMs;
  dropDeliveries(account, webhook);
}

/** With the batch goes what stands before it: a webhook's oldest were sent, so that was owed no more. */
function forgetTaken(account: Account, webhook: Webhook, batch: readonly Delivery[]): void {
  const taken = new Set(batch);
  const last = account.deliveries.findLastIndex((delivery) => taken.has(delivery));
  account.deliveries = account.deliveries.filter(({ webhookId }, at) => webhookId !== webhook.id || at > last);
}

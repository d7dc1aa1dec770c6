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
    const done = new Set(batch);
    account.deliveries = account.deliveries.filter((delivery) => !done.has(delivery));
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

import type { Assumptions } from '../assumptions.ts';

/** How long a webhook rests after its n-th failure in a row. */
export function pickRetryDelay(attempts: number, retry: Assumptions['webhookRetry']): number {
  return Math.min(retry.firstMs * 2 ** (attempts - 1), retry.maxMs);
}

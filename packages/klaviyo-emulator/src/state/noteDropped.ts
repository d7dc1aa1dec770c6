import type { Account, Dropped } from './types.ts';

const MAX_KEPT = 1000;

/** Notes what Klaviyo would lose without a word; the last thousand are kept. */
export function noteDropped(account: Account, dropped: Dropped): void {
  account.dropped.push(dropped);
  if (account.dropped.length > MAX_KEPT) account.dropped.splice(0, account.dropped.length - MAX_KEPT);
}

import type { SubscriptionStatus } from '../store/subscriptionStatus.ts';
import type { Decision } from './decision.ts';

/** What a sign-up has come to, as far as it was seen since: of several channels and lists the least. Pure. */
export function tellStatus(
  decisions: readonly Decision[],
  seen: readonly SubscriptionStatus[],
): SubscriptionStatus['status'] | 'accepted' {
  const statuses = decisions.map(
    ({ subject: { subject }, purpose, list, decidedAtMs }) =>
      seen.find(
        (row) => row.subject === subject && row.purpose === purpose && row.list === list && row.seen_at >= decidedAtMs,
      )?.status ?? 'accepted',
  );
  return (['accepted', 'pending'] as const).find((status) => statuses.includes(status)) ?? 'subscribed';
}

import type { SubscriptionStatus } from '../store/subscriptionStatus.ts';
import type { Purpose } from './decision.ts';

/** A decision as it once was taken, whatever came later. */
export interface Past {
  purpose: Purpose;
  list: string;
  decision: 'granted' | 'denied';
  decided_at: number;
  source: string;
}

/**
 * Whether somebody opted out of what is asked for, and nobody but a page has said since that they are back. Pure.
 * `pages`: the sources whose word anybody could send.
 */
export function needsConfirmation(
  { purpose, lists, pages }: { purpose: Purpose; lists: readonly string[]; pages: ReadonlySet<string> },
  past: readonly Past[],
  seen: readonly Pick<SubscriptionStatus, 'purpose' | 'status' | 'seen_at'>[],
): boolean {
  const concerned = past.filter((each) => each.purpose === purpose && ['', ...lists].includes(each.list));
  const denials = concerned.filter(({ decision }) => decision === 'denied').map(({ decided_at }) => decided_at);
  const deniedMs = Math.max(...denials);
  if (denials.length === 0) return false;
  const isBack =
    concerned.some((each) => each.decision === 'granted' && each.decided_at > deniedMs && !pages.has(each.source)) ||
    seen.some((each) => each.purpose === purpose && each.status === 'subscribed' && each.seen_at > deniedMs);
  return !isBack;
}

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

type Seen = Pick<SubscriptionStatus, 'purpose' | 'list' | 'status' | 'seen_at'>;

/**
 * Whether somebody opted out of what is asked for, and nobody but a page has said since that they are back. Pure.
 * `believed`: the sources whose word not just anybody could send; one that nobody knows any more is none of them.
 */
export function needsConfirmation(
  { purpose, lists, believed }: { purpose: Purpose; lists: readonly string[]; believed: ReadonlySet<string> },
  past: readonly Past[],
  seen: readonly Seen[],
): boolean {
  const said = past.filter((each) => each.purpose === purpose);
  const subscribed = seen.filter((each) => each.purpose === purpose && each.status === 'subscribed');
  /** Of everything ("") or of one list: who is back on one list is not back on another that they left. */
  const isOut = (of: string, asked: string) => {
    const denials = said.filter(({ list, decision }) => list === of && decision === 'denied');
    const deniedMs = Math.max(...denials.map(({ decided_at }) => decided_at));
    const isBack = ({ list, decision, decided_at, source }: Past) =>
      decision === 'granted' && ['', asked].includes(list) && decided_at > deniedMs && believed.has(source);
    const isSeen = ({ list, seen_at }: Seen) => (of === '' || list === of) && seen_at > deniedMs;
    return denials.length > 0 && !said.some(isBack) && !subscribed.some(isSeen);
  };
  return lists.some((list) => isOut('', list) || isOut(list, list));
}

import type { ConsentState } from '../../store/consentState.ts';
import type { Status, SubscriptionStatus } from '../../store/subscriptionStatus.ts';
import type { Outbox } from '../Outbox.ts';
import type { ReadBack } from '../tables/readBacks.ts';
import type { Compared } from './compareContacts.ts';
import { type OptIn, readOptIn } from './readOptIn.ts';

/**
 * What became of people's sign-ups, as far as Klaviyo lets it be seen. Of a list that Klaviyo was never asked for, the
 * channel's consent says nothing.
 */
export async function statusesOf(
  outbox: Outbox,
  due: readonly ReadBack[],
  compared: readonly Compared[],
): Promise<SubscriptionStatus[]> {
  const statuses: SubscriptionStatus[] = [];
  for (const [index, { consent, subject, states }] of compared.entries()) {
    const asked = JSON.parse(due[index]?.lists ?? '{}');
    const isAsked = ({ list }: ConsentState) => Object.hasOwn(asked, list);
    for (const state of states.filter((each) => each.decision === 'granted' && isAsked(each))) {
      const status = statusOf(consent, state, await readOptIn(outbox, state.list));
      const { purpose, list } = state;
      if (status) statuses.push({ subject, purpose, list, status, seen_at: outbox.now() });
    }
  }
  return statuses;
}

/** Undefined where it cannot be told: of one who was subscribed before, a list that asks for a confirmation shows nothing. */
function statusOf(
  { decision, decidedAtMs, isEcho, left }: Compared['consent'],
  { list, decided_at }: ConsentState,
  optIn: OptIn,
): Status | undefined {
  if (decision === null) return optIn === 'double_opt_in' ? 'pending' : undefined;
  if (decision === 'denied' || left.some((each) => each.list === list)) return undefined;
  const isSince = decidedAtMs >= decided_at - (decided_at % 1000);
  return optIn === 'single_opt_in' || (isSince && !isEcho) ? 'subscribed' : undefined;
}

import type { Unsubscription } from '../lists/takeUnsubscription.ts';
import { wellFormed } from './clean/wellFormed.ts';
import type { MemberItem, UnsubscribeItem } from './item.ts';

/**
 * What Klaviyo is told of an opt-out, an item an address: that a channel is unsubscribed everywhere, and who leaves which
 * list. Of one list it is only told the latter: its unsubscribe call takes a list's non-members for leaving everything.
 */
export function mapUnsubscription(
  { id, addresses, lists, leaves, decidedAtMs }: Unsubscription,
  receivedAtMs: number,
): (UnsubscribeItem | MemberItem)[] {
  const said = { purpose: 'marketing', receivedAtMs } as const;
  const people = [
    ...(addresses.email === undefined ? [] : [{ channel: 'email' as const, who: { email: addresses.email } }]),
    ...(addresses.sms === undefined ? [] : [{ channel: 'sms' as const, who: { phone_number: addresses.sms } }]),
  ];
  return people.flatMap(({ channel, who }): (UnsubscribeItem | MemberItem)[] => {
    const name = `${wellFormed(id)}#`;
    const everywhere: UnsubscribeItem = {
      ...said,
      lane: 'unsubscribe',
      id: `${name}unsubscribe:${channel}`,
      who,
      channels: [channel],
      decidedAtMs,
    };
    const removals = leaves.map(
      (list): MemberItem => ({
        ...said,
        lane: 'members',
        id: `${name}remove:${list}:${channel}`,
        who,
        action: 'remove',
        list,
        decidedAtMs,
      }),
    );
    return lists === null ? [everywhere, ...removals] : removals;
  });
}

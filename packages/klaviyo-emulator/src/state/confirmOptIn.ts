import { findProfile } from './findProfile.ts';
import { grant } from './grant.ts';
import type { Account, World } from './types.ts';

/** The person clicked the link of a double opt-in message. Returns how many requests were confirmed. */
export function confirmOptIn(
  world: World,
  account: Account,
  request: { email?: string | undefined; phoneNumber?: string | undefined; listId?: string | undefined; nowMs: number },
): number {
  const { nowMs } = request;
  let confirmed = 0;
  for (const channel of ['email', 'sms'] as const) {
    const profile =
      channel === 'email'
        ? request.email && findProfile(account, 'email', request.email)
        : request.phoneNumber && findProfile(account, 'phone_number', request.phoneNumber);
    if (!profile) continue;
    const state = profile.channels[channel];
    const answered = state.pending.filter(({ listId }) => request.listId === undefined || listId === request.listId);
    state.pending = state.pending.filter((asked) => !answered.includes(asked));
    for (const { listId, customSource } of answered) {
      const list = listId === null ? undefined : account.lists.get(listId);
      const answer = { profile, channel, list, change: undefined, nowMs, customSource };
      grant(world, account, { ...answer, doubleOptIn: true, historical: false });
      confirmed += 1;
    }
  }
  return confirmed;
}

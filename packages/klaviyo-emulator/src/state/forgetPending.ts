import { type Account, CHANNELS } from './types.ts';

/** A list that is gone asks nobody any more: a click on its mail must not become a subscription to everything. */
export function forgetPending(account: Account, goneListId: string): void {
  for (const { channels } of account.profiles.values()) {
    for (const channel of CHANNELS)
      channels[channel].pending = channels[channel].pending.filter(({ listId }) => listId !== goneListId);
  }
}

import type { SubscriptionProfile } from '../wire.ts';
import { findOwner } from './findOwner.ts';
import { grant } from './grant.ts';
import { type ChannelChange, listChannels } from './listChannels.ts';
import { losesReserved } from './losesReserved.ts';
import { completeIdentifiers } from './setIdentifiers.ts';
import { takeSubscribe } from './takeSubscribe.ts';
import type { Account, Profile, World } from './types.ts';

export interface SubscribeJob {
  profiles: SubscriptionProfile[];
  listId: string | null;
  historical: boolean;
  customSource: string | null;
}

const CONFIRMED_BY_MAIL = new Set(['email', 'sms']);

/** Carries out a subscription job. With a list that was deleted meanwhile it does nothing: its opt-in is gone with it. */
export function subscribe(world: World, account: Account, request: { job: SubscribeJob; nowMs: number }): void {
  const { job, nowMs } = request;
  const list = job.listId === null ? undefined : account.lists.get(job.listId);
  if (job.listId !== null && !list) return;
  const optIn = list?.optIn ?? account.defaultOptIn;
  const noted = { atMs: nowMs, what: 'profile', detail: 'subscription' } as const;
  for (const entry of job.profiles) {
    if (losesReserved(world, account, { ...noted, email: entry.attributes.email })) continue;
    for (const item of listChannels(entry.attributes.subscriptions)) {
      const profile = findOwner(world, account, { entry, needs: item.needs, nowMs });
      if (!takeSubscribe(world.settings.assume, profile.channels[item.channel], { ...job, nowMs })) continue;
      completeIdentifiers(account, profile, entry.attributes);
      // Spec: historical imports skip the confirmation mail.
      const asks = optIn === 'double_opt_in' && CONFIRMED_BY_MAIL.has(item.channel) && !job.historical;
      if (asks) askToConfirm(profile, item, { job, nowMs });
      else grant(world, account, { ...item, ...job, profile, list, nowMs, doubleOptIn: false });
    }
  }
}

function askToConfirm(profile: Profile, item: ChannelChange, context: { job: SubscribeJob; nowMs: number }): void {
  const { job, nowMs } = context;
  const state = profile.channels[item.channel];
  state.pending = state.pending.filter((request) => request.listId !== job.listId);
  state.pending.push({ listId: job.listId, atMs: nowMs, customSource: job.customSource });
  profile.updatedMs = nowMs;
}

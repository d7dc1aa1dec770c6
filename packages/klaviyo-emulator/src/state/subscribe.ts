import type { ConsentChange, SubscriptionProfile } from '../wire.ts';
import { findOwner } from './findOwner.ts';
import { type ChannelChange, listChannels } from './listChannels.ts';
import { completeIdentifiers } from './setIdentifiers.ts';
import type { Account, List, Profile, SuppressionReason, World } from './types.ts';

export interface SubscribeJob {
  profiles: SubscriptionProfile[];
  listId: string | null;
  historical: boolean;
  customSource: string | null;
}

// Spec, bulk_subscribe_profiles: a subscribe removes these; bounces and invalid addresses stay.
const LIFTED: readonly SuppressionReason[] = ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED'];
const CONFIRMED_BY_MAIL = new Set(['email', 'sms']);

/** Carries out a subscription job. */
export function subscribe(world: World, account: Account, request: { job: SubscribeJob; nowMs: number }): void {
  const { job, nowMs } = request;
  const list = job.listId === null ? undefined : account.lists.get(job.listId);
  const optIn = list?.optIn ?? account.defaultOptIn;
  for (const entry of job.profiles) {
    for (const item of listChannels(entry.attributes.subscriptions)) {
      const profile = findOwner(world, account, { entry, needs: item.needs, nowMs });
      completeIdentifiers(account, profile, entry.attributes);
      // Spec: historical imports skip the confirmation mail.
      const asks = optIn === 'double_opt_in' && CONFIRMED_BY_MAIL.has(item.channel) && !job.historical;
      if (asks) askToConfirm(profile, item, { job, nowMs });
      else
        grant(profile, item, { list, change: item.change, nowMs, customSource: job.customSource, doubleOptIn: false });
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

/** The person agreed: the channel opens, earlier opt-outs are lifted, and the list gets its member. */
export function grant(
  profile: Profile,
  item: Pick<ChannelChange, 'channel'>,
  context: {
    list: List | undefined;
    change: ConsentChange | undefined;
    nowMs: number;
    customSource: string | null;
    doubleOptIn: boolean;
  },
): void {
  const { list, change, nowMs } = context;
  const state = profile.channels[item.channel];
  state.consent = 'SUBSCRIBED';
  state.timestampMs = change?.consented_at ? Date.parse(change.consented_at) : nowMs;
  state.updatedMs = nowMs;
  state.method = 'API';
  state.customSource = context.customSource;
  state.doubleOptIn = context.doubleOptIn;
  profile.updatedMs = nowMs;
  if (item.channel === 'email') {
    profile.suppressions = profile.suppressions.filter(({ reason }) => !LIFTED.includes(reason));
    profile.listSuppressions = profile.listSuppressions.filter(({ listId }) => listId !== list?.id);
  }
  if (list && !list.members.has(profile.id)) {
    list.members.set(profile.id, nowMs);
    list.updatedMs = nowMs;
  }
}

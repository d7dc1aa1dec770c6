import type { SubscriptionProfile } from '../wire.ts';
import { findOwner } from './findOwner.ts';
import { listChannels } from './listChannels.ts';
import { losesReserved } from './losesReserved.ts';
import { recordConsent } from './recordConsent.ts';
import { recordOwnEvent } from './recordOwnEvent.ts';
import type { Account, ChannelName, List, Profile, World } from './types.ts';

export interface UnsubscribeJob {
  profiles: SubscriptionProfile[];
  listId: string | null;
}

/**
 * Carries out an unsubscription job. With a list, members leave that list only; who is no member is unsubscribed from
 * everything (spec, bulk_unsubscribe_profiles), which is the trap this emulator is there to show. With a list that was
 * deleted meanwhile nobody is unsubscribed from anything: nobody asked for more than the list.
 */
export function unsubscribe(world: World, account: Account, request: { job: UnsubscribeJob; nowMs: number }): void {
  const { job, nowMs } = request;
  const list = job.listId === null ? undefined : account.lists.get(job.listId);
  if (job.listId !== null && !list) return;
  const noted = { atMs: nowMs, what: 'profile', detail: 'unsubscription' } as const;
  for (const entry of job.profiles) {
    if (losesReserved(world, account, { ...noted, email: entry.attributes.email })) continue;
    const owners = listChannels(entry.attributes.subscriptions).map(({ channel, needs }) => ({
      channel,
      profile: findOwner(world, account, { entry, needs, nowMs }),
    }));
    // Membership as it was before this entry: its second channel must not count as a non-member.
    const members = new Set(
      owners.filter(({ profile }) => list?.members.has(profile.id)).map(({ profile }) => profile),
    );
    for (const { channel, profile } of owners) {
      if (list && members.has(profile)) leaveList(world, account, { profile, channel, list, nowMs });
      else withdraw(world, account, { profile, channel, nowMs });
    }
  }
}

interface Departure {
  profile: Profile;
  channel: ChannelName;
  nowMs: number;
}

/** Takes a profile off one list; with the e-mail channel, that list may not mail it again. */
export function leaveList(world: World, account: Account, request: Departure & { list: List }): void {
  const { profile, channel, list, nowMs } = request;
  const left = list.members.delete(profile.id);
  list.updatedMs = nowMs;
  profile.updatedMs = nowMs;
  const state = profile.channels[channel];
  state.pending = state.pending.filter(({ listId }) => listId !== list.id);
  if (left) {
    const properties = { List: list.name };
    recordOwnEvent(world, account, { profile, metric: 'Unsubscribed from List', nowMs, properties });
  }
  if (channel !== 'email') return;
  profile.listSuppressions = profile.listSuppressions.filter(({ listId }) => listId !== list.id);
  profile.listSuppressions.push({ listId: list.id, reason: 'UNSUBSCRIBE', atMs: nowMs });
}

/** Withdraws one channel from everything. */
export function withdraw(world: World, account: Account, { profile, channel, nowMs }: Departure): void {
  const state = profile.channels[channel];
  if (state.consent !== 'UNSUBSCRIBED')
    recordConsent(world, account, { profile, channel, consent: 'UNSUBSCRIBED', nowMs });
  state.consent = 'UNSUBSCRIBED';
  state.timestampMs = nowMs;
  state.updatedMs = nowMs;
  state.method = 'API';
  state.pending = [];
  profile.updatedMs = nowMs;
  if (channel === 'email' && !profile.suppressions.some(({ reason }) => reason === 'UNSUBSCRIBE'))
    profile.suppressions.push({ reason: 'UNSUBSCRIBE', atMs: nowMs });
}

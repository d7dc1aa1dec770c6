import { isoTime } from '../present/wireForms.ts';
import { describeProfile } from '../state/describeProfile.ts';
import { describeEvent, describeLists } from '../state/describeState.ts';
import type { Account, Profile, StoredEvent, World } from '../state/types.ts';

const MAX_EVENTS = 400;
const MAX_PROFILES = 400;
const MAX_MEMBERS = 200;

/** What the page shows, newest first and bounded, so that asking every second stays cheap. */
export function describePage(world: World, nowMs: number) {
  const accounts = [...world.accounts.values()];
  const rows = <T>(pick: (account: Account) => Iterable<T>) =>
    accounts.flatMap((account) => [...pick(account)].map((row) => ({ account, row })));
  const events = rows<StoredEvent>((account) => account.events.values());
  const profiles = rows<Profile>((account) => account.profiles.values());
  return {
    now: isoTime(nowMs),
    counts: {
      events: events.length,
      profiles: profiles.length,
      lists: accounts.reduce((sum, account) => sum + account.lists.size, 0),
      pending: world.tasks.length,
      dropped: accounts.reduce((sum, account) => sum + account.dropped.length, 0),
    },
    accounts: accounts.map(({ publicKey, name }) => ({ publicKey, name })),
    events: events
      .reverse()
      .sort((a, b) => b.row.receivedMs - a.row.receivedMs)
      .slice(0, MAX_EVENTS)
      .map(({ account, row }) => describeEvent(account, row)),
    profiles: profiles
      .reverse()
      .sort((a, b) => lastSeenMs(b.row) - lastSeenMs(a.row))
      .slice(0, MAX_PROFILES)
      .map(({ account, row }) => describeProfile(account, row)),
    lists: accounts.flatMap(describeLists).map((list) => ({
      ...list,
      size: list.members.length,
      members: list.members
        .slice(-MAX_MEMBERS)
        .reverse()
        .map((member) => ({ ...member, ...nameOf(world, list.account, member.profile) })),
    })),
  };
}

const lastSeenMs = (profile: Profile) => Math.max(profile.updatedMs, profile.lastEventMs ?? 0);

function nameOf(world: World, accountId: string, profileId: string) {
  const profile = world.accounts.get(accountId)?.profiles.get(profileId);
  return { name: profile?.email ?? profile?.phoneNumber ?? profile?.externalId ?? profileId };
}

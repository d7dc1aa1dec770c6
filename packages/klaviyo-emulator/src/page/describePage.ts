import type { Emulator } from '../Emulator.ts';
import { isoTime } from '../present/wireForms.ts';
import { describeProfile } from '../state/describeProfile.ts';
import { describeEvent, describeJobs } from '../state/describeState.ts';
import { describeWebhooks } from '../state/describeWebhooks.ts';
import { refreshSegment } from '../state/refreshSegment.ts';
import type { Account, Profile, StoredEvent, World } from '../state/types.ts';

// Bounds of what one answer shows, so that asking every second stays cheap.
const MAX_EVENTS = 400;
const MAX_PROFILES = 400;
const MAX_MEMBERS = 200;
const MAX_JOBS = 200;
const MAX_JOB_ERRORS = 50;
const MAX_DROPPED = 200;

/** What the page shows, newest first and bounded. */
export function describePage(world: World, emulator: Emulator) {
  const nowMs = emulator.clock.now();
  const accounts = [...world.accounts.values()];
  const each = <T>(describe: (account: Account) => T[]) => accounts.flatMap(describe);
  const requests = emulator.requests().map(({ requestBody, ...entry }) => entry);
  return {
    now: isoTime(nowMs),
    frozen: emulator.clock.isFrozen(),
    faults: emulator.faults.remaining(),
    limits: emulator.limits(),
    counts: countRows(accounts, world.tasks.length),
    accounts: accounts.map(({ publicKey, name }) => ({ publicKey, name })),
    events: newest<StoredEvent>(accounts, { of: ({ events }) => events, atMs: (event) => event.receivedMs })
      .slice(0, MAX_EVENTS)
      .map(({ account, row }) => describeEvent(account, row)),
    profiles: newest<Profile>(accounts, { of: ({ profiles }) => profiles, atMs: lastSeenMs })
      .slice(0, MAX_PROFILES)
      .map(({ account, row }) => describeProfile(account, row)),
    lists: each((account) =>
      [...account.lists.values()].map(({ id, name, optIn, members }) => ({
        account: account.publicKey,
        id,
        name,
        opt_in_process: optIn,
        ...newestMembers(account, members),
      })),
    ),
    segments: each((account) =>
      [...account.segments.values()].map((segment) => ({
        account: account.publicKey,
        id: segment.id,
        name: segment.name,
        where: segment.where,
        ...newestMembers(account, refreshSegment(world, account, { segment, nowMs }).members),
      })),
    ),
    webhooks: each(describeWebhooks),
    jobs: each((account) => describeJobs(account, nowMs).reverse().slice(0, MAX_JOBS)).map((job) => ({
      ...job,
      errorCount: job.errors.length,
      errors: job.errors.slice(0, MAX_JOB_ERRORS).map(({ originalPayload, ...error }) => error),
    })),
    dropped: each(({ publicKey, dropped }) =>
      dropped
        .slice(-MAX_DROPPED)
        .reverse()
        .map(({ atMs, ...rest }) => ({ account: publicKey, time: isoTime(atMs), ...rest })),
    ),
    requests: requests.reverse(),
  };
}

export type PageData = ReturnType<typeof describePage>;

function countRows(accounts: Account[], pending: number) {
  const sum = (size: (account: Account) => number) => accounts.reduce((total, account) => total + size(account), 0);
  return {
    events: sum(({ events }) => events.size),
    profiles: sum(({ profiles }) => profiles.size),
    lists: sum(({ lists }) => lists.size),
    segments: sum(({ segments }) => segments.size),
    webhooks: sum(({ webhooks }) => webhooks.size),
    jobs: sum(({ jobs }) => jobs.size),
    dropped: sum(({ dropped }) => dropped.length),
    pending,
  };
}

function newest<T>(accounts: Account[], rows: { of: (account: Account) => Map<string, T>; atMs: (row: T) => number }) {
  return accounts
    .flatMap((account) => [...rows.of(account).values()].map((row) => ({ account, row })))
    .reverse()
    .sort((a, b) => rows.atMs(b.row) - rows.atMs(a.row));
}

const lastSeenMs = (profile: Profile) => Math.max(profile.updatedMs, profile.lastEventMs ?? 0);

function newestMembers({ profiles }: Account, members: ReadonlyMap<string, number>) {
  const nameOf = (id: string) => {
    const profile = profiles.get(id);
    return profile?.email ?? profile?.phoneNumber ?? profile?.externalId ?? id;
  };
  const newestFirst = [...members].slice(-MAX_MEMBERS).reverse();
  return {
    size: members.size,
    members: newestFirst.map(([profile, joinedMs]) => ({ profile, joined: isoTime(joinedMs), name: nameOf(profile) })),
  };
}

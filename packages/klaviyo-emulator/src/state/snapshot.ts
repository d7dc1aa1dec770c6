import type { ClockState } from '../clock.ts';
import type { AccountOptions, Settings } from '../options.ts';
import { createAccount, createWorld, emptyIndex } from './createWorld.ts';
import { eventKey } from './eventKey.ts';
import { metricKey } from './findOrCreateMetric.ts';
import { listKxs } from './listKxs.ts';
import type { Task } from './tasks.ts';
import type {
  Account,
  Delivery,
  Dropped,
  Job,
  List,
  Metric,
  Profile,
  Segment,
  StoredEvent,
  Webhook,
  World,
} from './types.ts';

export const SNAPSHOT_VERSION = 3;

export interface AccountSnapshot {
  publicKey: string;
  profiles: Profile[];
  events: StoredEvent[];
  metrics: Metric[];
  lists: (Omit<List, 'members'> & { members: [string, number][] })[];
  segments: (Omit<Segment, 'members'> & { members: [string, number][] })[];
  webhooks: Webhook[];
  deliveries: Delivery[];
  jobs: Job[];
  dropped: Dropped[];
}

export interface Snapshot {
  version: typeof SNAPSHOT_VERSION;
  clock: ClockState;
  sequence: number;
  tasks: Task[];
  accounts: AccountSnapshot[];
}

/**
 * Everything that has to outlive a restart, as plain JSON; its rows are the world's own, not copies. Names, keys and
 * scopes come from the options each time.
 */
export function writeSnapshot(world: World, clock: ClockState): Snapshot {
  return {
    version: SNAPSHOT_VERSION,
    clock,
    sequence: world.sequence,
    tasks: [...world.tasks],
    accounts: [...world.accounts.values()].map((account) => ({
      publicKey: account.publicKey,
      profiles: [...account.profiles.values()],
      events: [...account.events.values()],
      metrics: [...account.metrics.values()],
      lists: [...account.lists.values()].map((list) => ({ ...list, members: [...list.members] })),
      segments: [...account.segments.values()].map((segment) => ({ ...segment, members: [...segment.members] })),
      webhooks: [...account.webhooks.values()],
      deliveries: account.deliveries,
      jobs: [...account.jobs.values()],
      dropped: account.dropped,
    })),
  };
}

/** The world of a snapshot, which is the world's own from then on. Accounts that the snapshot lacks begin as the options say. */
export function readSnapshot(
  snapshot: Snapshot,
  options: { accounts: readonly AccountOptions[]; settings: Settings; nowMs: number },
): World {
  const world = createWorld(options);
  world.sequence = snapshot.sequence;
  world.tasks = snapshot.tasks.toSorted((a, b) => a.dueMs - b.dueMs);
  for (const kept of snapshot.accounts) {
    const wanted = options.accounts.find(({ publicKey }) => publicKey === kept.publicKey);
    // Lists and segments are as they were left: one that was deleted does not come back.
    const bare = { ...(wanted ?? { publicKey: kept.publicKey, keys: [] }), lists: [], segments: [] };
    const account = createAccount(bare, options.nowMs);
    fill(account, kept);
    world.accounts.set(account.publicKey, account);
  }
  return world;
}

function fill(account: Account, kept: AccountSnapshot): void {
  for (const profile of kept.profiles) account.profiles.set(profile.id, profile);
  for (const event of kept.events) account.events.set(event.id, event);
  for (const metric of kept.metrics) account.metrics.set(metric.id, metric);
  for (const list of kept.lists) account.lists.set(list.id, { ...list, members: new Map(list.members) });
  for (const segment of kept.segments)
    account.segments.set(segment.id, { ...segment, members: new Map(segment.members) });
  for (const webhook of kept.webhooks) account.webhooks.set(webhook.id, webhook);
  account.deliveries = [...kept.deliveries];
  for (const job of kept.jobs) account.jobs.set(job.id, job);
  account.dropped.push(...kept.dropped);
  indexAll(account);
}

function indexAll(account: Account): void {
  const index = Object.assign(account.index, emptyIndex());
  for (const profile of account.profiles.values()) {
    if (profile.email) index.email.set(profile.email, profile.id);
    if (profile.phoneNumber) index.phone.set(profile.phoneNumber, profile.id);
    if (profile.externalId) index.externalId.set(profile.externalId, profile.id);
    for (const anonymousId of profile.anonymousIds) index.anonymousId.set(anonymousId, profile.id);
    for (const kx of listKxs(profile)) index.kx.set(kx, profile.id);
  }
  for (const metric of account.metrics.values()) index.metric.set(metricKey(metric.name, metric.service), metric.id);
  for (const event of account.events.values()) {
    index.eventKeys.add(eventKey(event));
    const events = index.eventsOfProfile.get(event.profileId) ?? new Set<string>();
    index.eventsOfProfile.set(event.profileId, events.add(event.id));
  }
}

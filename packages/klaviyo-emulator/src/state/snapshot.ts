import type { AccountOptions, Settings } from '../options.ts';
import { createAccount, createWorld, emptyIndex } from './createWorld.ts';
import { eventKey } from './eventKey.ts';
import { metricKey } from './findOrCreateMetric.ts';
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

const VERSION = 2;

interface AccountSnapshot {
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
  version: typeof VERSION;
  sequence: number;
  tasks: Task[];
  accounts: AccountSnapshot[];
}

/** Everything that has to outlive a restart, as plain JSON. Keys and scopes come from the options each time. */
export function writeSnapshot(world: World): Snapshot {
  return {
    version: VERSION,
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

/** Throws with the reason when `value` is no snapshot of this version. */
export function readSnapshot(
  value: unknown,
  options: { accounts: readonly AccountOptions[]; settings: Settings; nowMs: number },
): World {
  const snapshot = asSnapshot(value);
  const world = createWorld(options);
  world.sequence = snapshot.sequence;
  world.tasks = snapshot.tasks.toSorted((a, b) => a.dueMs - b.dueMs);
  for (const kept of snapshot.accounts) {
    const wanted = options.accounts.find(({ publicKey }) => publicKey === kept.publicKey);
    const account = createAccount(wanted ?? { publicKey: kept.publicKey, keys: [] }, options.nowMs);
    fill(account, kept);
    world.accounts.set(account.publicKey, account);
  }
  return world;
}

function asSnapshot(value: unknown): Snapshot {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
  if (version !== VERSION)
    throw new Error(
      `The emulator's data has version ${String(version)}, expected ${VERSION}: delete it to start anew.`,
    );
  // Written by writeSnapshot of the same version.
  return value as Snapshot;
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
    index.kx.set(profile.kx, profile.id);
  }
  for (const metric of account.metrics.values()) index.metric.set(metricKey(metric.name, metric.service), metric.id);
  for (const event of account.events.values()) {
    index.eventKeys.add(eventKey(event));
    const events = index.eventsOfProfile.get(event.profileId) ?? new Set<string>();
    index.eventsOfProfile.set(event.profileId, events.add(event.id));
  }
}

import { statusOf } from '../present/presentJob.ts';
import { isoTime } from '../present/wireForms.ts';
import { describeProfile } from './describeProfile.ts';
import { describeSegments } from './describeSegments.ts';
import { describeWebhooks } from './describeWebhooks.ts';
import type { Account, StoredEvent, World } from './types.ts';
import type { EmulatorState, EventView, JobView, ListView } from './views.ts';

export function describeState(world: World, nowMs: number): EmulatorState {
  const accounts = [...world.accounts.values()];
  const each = <T>(describe: (account: Account) => T[]) => accounts.flatMap(describe);
  return {
    now: isoTime(nowMs),
    pending: world.tasks.length,
    accounts: accounts.map(({ publicKey, name }) => ({ publicKey, name })),
    profiles: each((account) => [...account.profiles.values()].map((profile) => describeProfile(account, profile))),
    events: each((account) => [...account.events.values()].map((event) => describeEvent(account, event))),
    metrics: each((account) =>
      [...account.metrics.values()].map(({ id, name, service }) => ({ account: account.publicKey, id, name, service })),
    ),
    lists: each(describeLists),
    segments: each((account) => describeSegments(world, account, nowMs)),
    jobs: each((account) => describeJobs(account, nowMs)),
    webhooks: each(describeWebhooks),
    dropped: each((account) =>
      account.dropped.map(({ atMs, ...rest }) => ({ account: account.publicKey, time: isoTime(atMs), ...rest })),
    ),
  };
}

export function describeEvent(account: Account, event: StoredEvent): EventView {
  return {
    account: account.publicKey,
    id: event.id,
    profile: event.profileId,
    metric: account.metrics.get(event.metricId)?.name ?? '',
    properties: event.properties,
    value: event.value,
    value_currency: event.currency,
    unique_id: event.uniqueId,
    time: isoTime(event.timeMs),
    received: isoTime(event.receivedMs),
    backfill: event.backfill,
    integration: event.own ? 'Klaviyo' : 'API',
  };
}

export function describeLists(account: Account): ListView[] {
  return [...account.lists.values()].map((list) => ({
    account: account.publicKey,
    id: list.id,
    name: list.name,
    opt_in_process: list.optIn,
    members: [...list.members].map(([profile, joinedMs]) => ({ profile, joined: isoTime(joinedMs) })),
  }));
}

export function describeJobs(account: Account, nowMs: number): JobView[] {
  return [...account.jobs.values()].map((job) => ({
    account: account.publicKey,
    id: job.id,
    kind: job.kind,
    status: statusOf(job, nowMs),
    lists: [...job.listIds],
    segments: [...job.segmentIds],
    total: job.total,
    completed: job.completed,
    failed: job.failed,
    skipped: job.skipped,
    created: isoTime(job.createdMs),
    errors: job.errors,
  }));
}

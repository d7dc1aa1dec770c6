import { metricKey } from './findOrCreateMetric.ts';
import { forgetEvent } from './forgetEvent.ts';
import { removeProfile } from './removeProfile.ts';
import type { Account, World } from './types.ts';

// The browsers of one person that are worth remembering, on average; a number of the emulator's own.
const ANONYMOUS_IDS_PER_PROFILE = 10;

/** Keeps every account within `keep`: what came first is forgotten first, with everything that hangs on it. */
export function forgetOldest(world: World, nowMs: number): void {
  const { keep } = world.settings;
  for (const account of world.accounts.values()) {
    const profiles = oldestBeyond(account.profiles, keep.profiles);
    for (const profile of profiles) removeProfile(account, profile);
    const events = oldestBeyond(account.events, keep.events);
    for (const event of events) forgetEvent(account, event);
    forgetAnonymousIds(account, keep.profiles * ANONYMOUS_IDS_PER_PROFILE);
    forgetMetrics(account, keep.events);
    forgetJobs(account, { max: keep.jobs, nowMs });
    if (profiles.length + events.length === 0) continue;
    account.deliveries = account.deliveries.filter(({ eventId }) => account.events.has(eventId));
    world.version += 1;
  }
}

/** A Map goes through its entries in the order they came. */
function oldestBeyond<T>(kept: ReadonlyMap<string, T>, max: number): T[] {
  const oldest: T[] = [];
  for (const each of kept.values()) {
    if (kept.size - oldest.length <= max) break;
    oldest.push(each);
  }
  return oldest;
}

function forgetAnonymousIds(account: Account, max: number): void {
  const { anonymousId: index } = account.index;
  for (const [anonymousId, profileId] of index) {
    if (index.size <= max) return;
    index.delete(anonymousId);
    const held = account.profiles.get(profileId)?.anonymousIds ?? [];
    const at = held.indexOf(anonymousId);
    if (at !== -1) held.splice(at, 1);
  }
}

/** As many metrics as events: those whose events are all forgotten go first. */
function forgetMetrics(account: Account, max: number): void {
  if (account.metrics.size <= max) return;
  const used = new Set([...account.events.values()].map(({ metricId }) => metricId));
  for (const { id, name, service } of account.metrics.values()) {
    if (account.metrics.size <= max) return;
    if (used.has(id)) continue;
    account.metrics.delete(id);
    account.index.metric.delete(metricKey(name, service));
  }
}

/** Never a job that still has its work before it, which would be lost with it. */
function forgetJobs(account: Account, { max, nowMs }: { max: number; nowMs: number }): void {
  for (const job of account.jobs.values()) {
    if (account.jobs.size <= max || job.completesMs > nowMs) return;
    account.jobs.delete(job.id);
  }
}

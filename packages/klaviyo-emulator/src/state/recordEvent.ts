import type { EventAttributes } from '../wire.ts';
import { makeShortId, makeUuid } from './makeId.ts';
import type { Account, Metric, Profile, StoredEvent, World } from './types.ts';

const SECOND_MS = 1000;

/** Klaviyo's dedup key. Without unique_id the whole second stands in: one event a profile, metric and second. */
export function eventKey(event: Pick<StoredEvent, 'profileId' | 'metricId' | 'uniqueId' | 'timeMs'>): string {
  return `${event.profileId}/${event.metricId}/${event.uniqueId ?? `@${event.timeMs / SECOND_MS}`}`;
}

export const metricKey = (name: string, service: string | null) => `${service ?? ''}/${name}`;

function wholeSeconds(time: string | null | undefined, receivedMs: number): number {
  const timeMs = time ? Date.parse(time) : receivedMs;
  return Math.floor(timeMs / SECOND_MS) * SECOND_MS;
}

/** Stores one event, or returns undefined for a repeat: the first one processed wins. */
export function recordEvent(
  world: World,
  account: Account,
  request: { profile: Profile; event: EventAttributes; receivedMs: number; backfill: boolean },
): StoredEvent | undefined {
  const { profile, event, receivedMs } = request;
  const metric = findOrCreateMetric(world, account, { ...event.metric.data.attributes, nowMs: receivedMs });
  const place = {
    profileId: profile.id,
    metricId: metric.id,
    uniqueId: event.unique_id || null,
    timeMs: wholeSeconds(event.time, receivedMs),
  };
  const key = eventKey(place);
  if (account.index.eventKeys.has(key)) return undefined;
  if (typeof event.value === 'number') metric.hasValues = true;
  const stored: StoredEvent = {
    ...place,
    id: makeShortId(world, 11),
    uuid: makeUuid(world, receivedMs),
    receivedMs,
    // Guide: once a metric has had values, a missing one is taken as 0.
    value: event.value ?? (metric.hasValues ? 0 : null),
    currency: event.value_currency ?? null,
    backfill: event.backfill ?? request.backfill,
    properties: keptProperties(event.properties),
  };
  account.events.set(stored.id, stored);
  account.index.eventKeys.add(key);
  const events = account.index.eventsOfProfile.get(profile.id) ?? new Set<string>();
  account.index.eventsOfProfile.set(profile.id, events.add(stored.id));
  profile.lastEventMs = Math.max(profile.lastEventMs ?? 0, stored.timeMs);
  return stored;
}

/** Guide: event properties of 0, null or "" are ignored as if never set. */
function keptProperties(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== 0 && value !== null && value !== ''),
  );
}

function findOrCreateMetric(
  world: World,
  account: Account,
  wanted: { name: string; service?: string | null; nowMs: number },
): Metric {
  const service = wanted.service ?? null;
  const known = account.metrics.get(account.index.metric.get(metricKey(wanted.name, service)) ?? '');
  if (known) return known;
  const metric: Metric = {
    id: makeShortId(world, 6),
    name: wanted.name,
    service,
    createdMs: wanted.nowMs,
    updatedMs: wanted.nowMs,
    hasValues: false,
  };
  account.metrics.set(metric.id, metric);
  account.index.metric.set(metricKey(metric.name, service), metric.id);
  return metric;
}

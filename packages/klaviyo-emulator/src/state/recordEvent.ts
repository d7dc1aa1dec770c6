import { parseTime } from '../validate/time.ts';
import type { EventAttributes } from '../wire.ts';
import { eventKey } from './eventKey.ts';
import { findOrCreateMetric } from './findOrCreateMetric.ts';
import { EVENT_ID_CHARS, makeShortId, makeUuid } from './makeId.ts';
import { storeEvent } from './storeEvent.ts';
import type { Account, Profile, StoredEvent, World } from './types.ts';

const SECOND_MS = 1000;

function wholeSeconds(time: string | null | undefined, receivedMs: number): number {
  const timeMs = parseTime(time) ?? receivedMs;
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
    id: makeShortId(world, EVENT_ID_CHARS),
    uuid: makeUuid(world, receivedMs),
    receivedMs,
    // Guide: once a metric has had values, a missing one is taken as 0.
    value: event.value ?? (metric.hasValues ? 0 : null),
    currency: event.value_currency ?? null,
    backfill: event.backfill ?? request.backfill,
    own: false,
    properties: keptProperties(event.properties),
  };
  storeEvent(account, profile, stored);
  return stored;
}

/** Guide: event properties of 0, null or "" are ignored as if never set. */
const isIgnored = (value: unknown) => value === 0 || value === null || value === '';

function keptProperties(properties: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(properties).some(isIgnored)) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isIgnored(value)));
}

import { findOrCreateMetric } from './findOrCreateMetric.ts';
import { OWN_SERVICE } from './integrationOf.ts';
import { EVENT_ID_CHARS, makeShortId, makeUuid } from './makeId.ts';
import { storeEvent } from './storeEvent.ts';
import type { Account, Profile, World } from './types.ts';

const SECOND_MS = 1000;

export type OwnMetric =
  | 'Subscribed to Email Marketing'
  | 'Unsubscribed from Email Marketing'
  | 'Subscribed to SMS Marketing'
  | 'Unsubscribed from SMS Marketing'
  | 'Subscribed to List'
  | 'Unsubscribed from List'
  | 'Marked Email as Spam'
  | 'Bounced Email'
  | 'Manually Suppressed from Email Marketing'
  | 'Manually Unsuppressed from Email Marketing';

/** Records what Klaviyo notes by itself in its own metrics. The caller made sure that something really changed. */
export function recordOwnEvent(
  world: World,
  account: Account,
  request: { profile: Profile; metric: OwnMetric; nowMs: number; properties?: Record<string, unknown> },
): void {
  const { profile, nowMs, properties = {} } = request;
  const metric = findOrCreateMetric(world, account, { name: request.metric, service: OWN_SERVICE, nowMs });
  storeEvent(account, profile, {
    id: makeShortId(world, EVENT_ID_CHARS),
    uuid: makeUuid(world, nowMs),
    profileId: profile.id,
    metricId: metric.id,
    uniqueId: null,
    timeMs: Math.floor(nowMs / SECOND_MS) * SECOND_MS,
    receivedMs: nowMs,
    value: null,
    currency: null,
    backfill: false,
    own: true,
    properties,
  });
  world.version += 1;
}

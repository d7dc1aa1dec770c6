import type { StoredEvent } from './types.ts';

const SECOND_MS = 1000;

type Keyed = Pick<StoredEvent, 'profileId' | 'metricId' | 'uniqueId' | 'timeMs'> & Partial<StoredEvent>;

/**
 * Klaviyo's dedup key. Without unique_id the whole second stands in: one event a profile, metric and second. What
 * Klaviyo records by itself is never a repeat. As JSON, so that no unique_id can read like a second.
 */
export function eventKey(event: Keyed): string {
  if (event.own) return `own/${event.id}`;
  return JSON.stringify([event.profileId, event.metricId, event.uniqueId ?? event.timeMs / SECOND_MS]);
}

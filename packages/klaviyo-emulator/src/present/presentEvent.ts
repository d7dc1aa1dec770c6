import type { Call } from '../http/Call.ts';
import { pickFields } from '../read/pickFields.ts';
import { integrationOf } from '../state/integrationOf.ts';
import type { Metric, StoredEvent } from '../state/types.ts';
import { isoTime, relation } from './wireForms.ts';

const SECOND_MS = 1000;

/** An event as Klaviyo's read endpoints answer it: value and unique_id come back among the properties. */
export function presentEvent(call: Pick<Call, 'origin' | 'query'>, event: StoredEvent) {
  const self = `${call.origin}/api/events/${event.id}`;
  const properties = {
    ...event.properties,
    ...(event.uniqueId === null ? {} : { $event_id: event.uniqueId }),
    ...(event.value === null ? {} : { $value: event.value }),
    ...(event.currency === null ? {} : { $currency_code: event.currency }),
  };
  return pickFields(
    {
      type: 'event',
      id: event.id,
      attributes: {
        timestamp: event.timeMs / SECOND_MS,
        event_properties: properties,
        datetime: isoTime(event.timeMs),
        uuid: event.uuid,
      },
      relationships: {
        profile: { data: { type: 'profile', id: event.profileId }, ...relation(self, 'profile') },
        metric: { data: { type: 'metric', id: event.metricId }, ...relation(self, 'metric') },
        attributions: { data: [], ...relation(self, 'attributions') },
      },
      links: { self },
    },
    call.query,
  );
}

export function presentMetric(call: Call, metric: Metric) {
  const self = `${call.origin}/api/metrics/${metric.id}`;
  return pickFields(
    {
      type: 'metric',
      id: metric.id,
      attributes: {
        name: metric.name,
        created: isoTime(metric.createdMs),
        updated: isoTime(metric.updatedMs),
        integration: integrationOf(metric),
      },
      relationships: { 'flow-triggers': relation(self, 'flow-triggers') },
      links: { self },
    },
    call.query,
  );
}

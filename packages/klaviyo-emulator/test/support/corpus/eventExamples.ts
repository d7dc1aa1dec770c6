import { bulkEventsBody, eventBody, PATHS } from '../bodies.ts';
import type { Example } from './Example.ts';
import { fullEvent, meta, person } from './pieces.ts';

export function eventExamples(ids: { event: string; metric: string }): Example[] {
  const inside = eventBody({ ...fullEvent, profile: { ...person, anonymous_id: 'anon-1', meta } });
  const groups = [{ events: [fullEvent], profile: { ...person, anonymous_id: 'anon-1' }, profileRest: { meta } }];
  const group = { at: '/data/attributes/events-bulk-create/data/0/attributes/events/data', tooMany: 1001 };
  return [
    { operation: 'create_event', method: 'POST', path: PATHS.event, body: eventBody(), full: inside },
    {
      operation: 'bulk_create_events',
      method: 'POST',
      path: PATHS.bulkEvents,
      body: bulkEventsBody([{ events: [{}] }]),
      full: bulkEventsBody(groups),
      bound: group,
    },
    { operation: 'get_events', method: 'GET', path: PATHS.event, collection: true },
    { operation: 'get_event', method: 'GET', path: `${PATHS.event}/${ids.event}` },
    { operation: 'get_metrics', method: 'GET', path: '/api/metrics', collection: true },
    { operation: 'get_metric', method: 'GET', path: `/api/metrics/${ids.metric}` },
  ];
}

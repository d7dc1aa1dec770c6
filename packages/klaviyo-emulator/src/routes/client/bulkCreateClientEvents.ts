import type { Route } from '../../http/Call.ts';
import { clientEventsBody, countClientEvents } from '../../validate/bodies/clientEvents.ts';
import { asChecked, type EventGroup } from '../../wire.ts';
import { takeGroups } from '../events/takeGroups.ts';

export const bulkCreateClientEvents: Route = {
  operation: 'bulk_create_client_events',
  check: clientEventsBody,
  countItems: countClientEvents,
  handle(call) {
    const { data } = asChecked<{ data: EventGroup }>(call.body);
    return takeGroups(call, [data], () => '/data/attributes');
  },
};

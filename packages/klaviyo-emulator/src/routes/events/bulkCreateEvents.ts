import type { Route } from '../../http/Call.ts';
import { bulkEventsBody, countBulkEvents } from '../../validate/bodies/bulkEvents.ts';
import { asChecked, type BulkEventsBody } from '../../wire.ts';
import { takeGroups } from './takeGroups.ts';

const GROUPS = '/data/attributes/events-bulk-create/data';

export const bulkCreateEvents: Route = {
  operation: 'bulk_create_events',
  check: bulkEventsBody,
  countItems: countBulkEvents,
  handle(call) {
    const groups = asChecked<BulkEventsBody>(call.body).data.attributes['events-bulk-create'].data;
    return takeGroups(call, groups, (group) => `${GROUPS}/${group}/attributes`);
  },
};

import { accepted, type Route } from '../../http/Call.ts';
import { refuseBody } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { bulkEventsBody, countBulkEvents } from '../../validate/bodies/bulkEvents.ts';
import { asChecked, type BulkEventsBody } from '../../wire.ts';
import { findRepeats } from './findRepeats.ts';
import { isUnknownExchangeId } from './isUnknownExchangeId.ts';

const GROUPS = '/data/attributes/events-bulk-create/data';

export const bulkCreateEvents: Route = {
  operation: 'bulk_create_events',
  check: bulkEventsBody,
  countItems: countBulkEvents,
  handle({ world, account, body, nowMs }) {
    const groups = asChecked<BulkEventsBody>(body).data.attributes['events-bulk-create'].data;
    const badExchangeIds = groups.flatMap(({ attributes }, index) =>
      isUnknownExchangeId(account, attributes.profile.data)
        ? [
            {
              pointer: `${GROUPS}/${index}/attributes/profile/data/attributes/_kx`,
              detail: 'Invalid or expired exchange id.',
            },
          ]
        : [],
    );
    // The spec says a repeated unique_id fails the whole request, the guide says repeats are discarded: a setting.
    const repeats = world.settings.assume.bulkDuplicates === 'reject' ? findRepeats(account, groups) : [];
    const issues = [
      ...badExchangeIds,
      ...repeats.map(({ group, event }) => ({
        pointer: `${GROUPS}/${group}/attributes/events/data/${event}/attributes/unique_id`,
        detail: 'The unique_id is repeated for the same profile and metric. No events were processed.',
      })),
    ];
    if (issues.length > 0) return refuseBody(issues);
    const dueMs = visibleAt(world, nowMs);
    schedule(world, account, { work: { kind: 'events', receivedMs: nowMs, groups }, dueMs });
    return accepted();
  },
};

import { accepted, type Route } from '../../http/Call.ts';
import { invalid } from '../../http/problem.ts';
import { schedule, visibleAt } from '../../state/tasks.ts';
import { createEventBody } from '../../validate/bodies/event.ts';
import { asChecked, type CreateEventBody } from '../../wire.ts';
import { isUnknownExchangeId } from './isUnknownExchangeId.ts';

export const createEvent: Route = {
  operation: 'create_event',
  check: createEventBody,
  countItems: () => 1,
  handle({ world, account, body, nowMs }) {
    const { profile, ...event } = asChecked<CreateEventBody>(body).data.attributes;
    if (isUnknownExchangeId(account, profile.data))
      return invalid('/data/attributes/profile/data/attributes/_kx', 'Invalid or expired exchange id.');
    const groups = [{ attributes: { profile, events: { data: [{ attributes: event }] } } }];
    const dueMs = visibleAt(world, nowMs);
    schedule(world, account, { work: { kind: 'events', receivedMs: nowMs, groups }, dueMs });
    return accepted();
  },
};

import { MAX_BULK_EVENTS } from '../../limits.ts';
import { all, type Check, complain } from '../check.ts';
import { object, required } from '../object.ts';
import { dig, eventGroup } from './bulkEvents.ts';

export function countClientEvents(body: unknown): number {
  const events = dig(body, ['data', 'attributes', 'events', 'data']);
  return Array.isArray(events) ? events.length : 0;
}

const notTooMany: Check = (body, at, on) => {
  const count = countClientEvents(body);
  if (count > MAX_BULK_EVENTS)
    complain(
      on,
      `${at}/data/attributes/events/data`,
      `At most ${MAX_BULK_EVENTS} events may be given, received ${count}.`,
    );
};

/** One profile, where the server's bulk takes many. */
export const clientEventsBody = all(object('event-bulk-create', { data: required(eventGroup) }), notTooMany);

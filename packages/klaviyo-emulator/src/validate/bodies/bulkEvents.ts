import { MAX_BULK_EVENTS } from '../../limits.ts';
import { array } from '../array.ts';
import { all, type Check, complain } from '../check.ts';
import { isObject, maybe, object, required } from '../object.ts';
import { boolean, literal } from '../scalars.ts';
import { eventFields, eventProfile } from './event.ts';

const event = object('event', {
  type: required(literal('event')),
  attributes: required(object('event', eventFields)),
});

/** One profile and its events. */
export const eventGroup = object('event-bulk-create', {
  type: required(literal('event-bulk-create')),
  attributes: required(
    object('event-bulk-create', {
      backfill: maybe(boolean),
      profile: required(eventProfile('beside')),
      events: required(object('events', { data: required(array(event, { min: 1, what: 'events' })) })),
    }),
  ),
});

/** Events of all groups of a bulk body; 0 where the shape is wrong. */
export function countBulkEvents(body: unknown): number {
  const groups = dig(body, ['data', 'attributes', 'events-bulk-create', 'data']);
  if (!Array.isArray(groups)) return 0;
  const events = groups.map((each) => dig(each, ['attributes', 'events', 'data']));
  return events.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}

export function dig(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The 1,000 counts events, not groups. */
const notTooMany: Check = (body, at, on) => {
  const count = countBulkEvents(body);
  if (count > MAX_BULK_EVENTS)
    complain(
      on,
      `${at}/data/attributes/events-bulk-create`,
      `At most ${MAX_BULK_EVENTS} events may be given, received ${count}.`,
    );
};

export const bulkEventsBody = all(
  object('event-bulk-create-job', {
    data: required(
      object('event-bulk-create-job', {
        type: required(literal('event-bulk-create-job')),
        attributes: required(
          object('event-bulk-create-job', {
            'events-bulk-create': required(
              object('events-bulk-create', {
                data: required(array(eventGroup, { min: 1, what: 'event-bulk-create' })),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
  notTooMany,
);

import { bulkEventsBody, type EventSketch, eventBody, PATHS } from '../support/bodies.ts';
import { START_MS } from '../support/createTestEmulator.ts';
import { bounds } from './bounds.ts';
import { breaking } from './breaking.ts';
import type { Off, Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const FIELDS = 'validate/bodies/event.ts';
const PROPERTIES = 'validate/properties.ts';
const BULK = 'validate/bodies/bulkEvents.ts';
const TIME = 'validate/time.ts';
const AT = '/data/attributes';
const GROUPS = `${AT}/events-bulk-create`;
const AHEAD_MS = 365 * 24 * 3600 * 1000;

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const inTime = (ms: number) => new Date(START_MS + ms).toISOString();
const properties = (count: number) => Object.fromEntries(many(count, (index) => [`p${index}`, 1]));
const nested = (depth: number): unknown => (depth === 0 ? 'leaf' : { inner: nested(depth - 1) });

/** A rule of one event: a sketch that is refused at one place below its attributes. */
const event = (rule: string, sketch: EventSketch, { at, off }: { at: string; off: Off }) =>
  refuses(rule, { path: PATHS.event, body: eventBody(sketch), errors: invalid(`${AT}/${at}`), off });

/** A rule of one event's limit: sketches that are taken, and others that are refused at one place. */
function limit(rule: string, row: { takes: EventSketch[]; refuses: EventSketch[]; at: string; off: Off }): Rule {
  const [takes, refused] = [row.takes.map(eventBody), row.refuses.map(eventBody)];
  const errors = invalid(...refused.map(() => `${AT}/${row.at}`));
  return bounds(rule, { path: PATHS.event, takes, refuses: refused, errors, off: row.off });
}

/** An event whose metric is of an integration. */
function ofService(service: string | null) {
  const { attributes } = eventBody().data;
  const metric = { data: { type: 'metric', attributes: { name: 'Viewed Product', service } } };
  return { data: { type: 'event', attributes: { ...attributes, metric } } };
}

/** An event's profile of so many bytes. */
function profileOf(bytes: number): EventSketch {
  const make = (text: string) => ({ email: 'ada@example.com', properties: { text } });
  const empty = JSON.stringify({ type: 'profile', attributes: make('') });
  return { profile: make('x'.repeat(bytes - empty.length)) };
}

const FIELD_RULES: Rule[] = [
  event(
    'an event without properties is refused',
    { properties: undefined },
    {
      at: 'properties',
      off: breaking('TypeError', without(FIELDS, 'properties: required(properties)', 'properties: maybe(properties)')),
    },
  ),
  event(
    'properties that are a list are refused',
    { properties: [] },
    {
      at: 'properties',
      off: without(PROPERTIES, `if (!isObject(value)) return complain(on, at, "'properties' must be an object.");`),
    },
  ),
  event(
    'a value that is text is refused',
    { value: '9.50' },
    { at: 'value', off: without(FIELDS, 'maybe(number)', 'maybe(() => {})') },
  ),
  limit('a currency is an ISO 4217 code in capitals', {
    takes: [{ value_currency: 'EUR' }],
    refuses: [{ value_currency: 'euro' }, { value_currency: 'eur' }],
    at: 'value_currency',
    off: without(FIELDS, 'maybe(currency)', 'maybe(string)'),
  }),
  event(
    'an empty unique_id is refused',
    { unique_id: '' },
    { at: 'unique_id', off: without(FIELDS, 'min: 1, max: MAX_UNIQUE', 'max: MAX_UNIQUE') },
  ),
  limit('a unique_id has at most 255 characters', {
    takes: [{ unique_id: 'u'.repeat(255) }],
    refuses: [{ unique_id: 'u'.repeat(256) }],
    at: 'unique_id',
    off: without(FIELDS, 'max: MAX_UNIQUE_ID_CHARS', 'max: 1000'),
  }),
  limit('a metric name has at most 127 characters', {
    takes: [{ metric: 'm'.repeat(127) }],
    refuses: [{ metric: 'm'.repeat(128) }],
    at: 'metric/data/attributes/name',
    off: without(FIELDS, 'max: MAX_METRIC_NAME_CHARS', 'max: 1000'),
  }),
  event(
    'a metric without a name is refused',
    { metric: '' },
    {
      at: 'metric/data/attributes/name',
      off: without(FIELDS, 'min: 1, max: MAX_METRIC', 'max: MAX_METRIC'),
    },
  ),
  limit('an event profile names somebody', {
    takes: [{ profile: { anonymous_id: 'a' } }, { profile: {}, profileRest: { id: 'a' } }],
    refuses: [{ profile: { first_name: 'Ada' } }, { profile: { email: null } }],
    at: 'profile/data/attributes',
    off: without(FIELDS, 'hasIdentifier(IDENTIFIERS), '),
  }),
  {
    rule: 'null stands for an absent scalar of an event',
    async scene(open) {
      const { send } = open();
      const nothing = { time: null, value: null, value_currency: null, unique_id: null, backfill: null };
      return (await send('POST', PATHS.event, eventBody(nothing))).status;
    },
    seen: 202,
    off: without('validate/object.ts', 'member === null && field.nullable', 'false'),
  },
];

const SIZE_RULES: Rule[] = [
  limit('an event has at most 400 properties', {
    takes: [{ properties: properties(400) }],
    refuses: [{ properties: properties(401) }],
    at: 'properties',
    off: without(PROPERTIES, 'if (names.length > MAX_PROPERTIES)', 'if (false)'),
  }),
  limit('a text among the properties has at most 100 KB', {
    takes: [{ properties: { html: 'x'.repeat(100_000) } }],
    refuses: [{ properties: { html: 'x'.repeat(100_001) } }],
    at: 'properties/html',
    off: without(PROPERTIES, 'exceedsBytes(value, MAX_STRING_BYTES)', 'false'),
  }),
  limit('the 100 KB of a text are bytes of UTF-8, not characters', {
    takes: [{ properties: { html: 'é'.repeat(50_000) } }],
    refuses: [{ properties: { html: 'é'.repeat(50_001) } }],
    at: 'properties/html',
    off: without('validate/byteLength.ts', 'encoder.encode(text).length', 'text.length'),
  }),
  limit('a list among the properties has at most 4,000 items', {
    takes: [{ properties: { items: many(4000, () => 1) } }],
    refuses: [{ properties: { items: many(4001, () => 1) } }],
    at: 'properties/items',
    off: without(PROPERTIES, 'Array.isArray(value) && value.length > MAX_ARRAY_ITEMS', 'false'),
  }),
  limit('properties are nested at most 10 deep', {
    takes: [{ properties: nested(10) }],
    refuses: [{ properties: nested(11) }],
    at: `properties${'/inner'.repeat(10)}`,
    off: without(PROPERTIES, 'if (place.depth > MAX_NESTING_DEPTH)', 'if (false)'),
  }),
  limit('an integer has at most 64 bits', {
    takes: [{ properties: { n: -(2 ** 63) } }],
    refuses: [{ properties: { n: 2 ** 64 } }],
    at: 'properties/n',
    off: without(PROPERTIES, 'Math.abs(value) > MAX_INTEGER', 'false'),
  }),
  limit('the profile of an event has at most 95 KB', {
    takes: [profileOf(95_000)],
    refuses: [profileOf(95_001)],
    at: 'profile/data',
    off: without(FIELDS, 'withinBytes(MAX_EVENT_PROFILE_BYTES)', 'withinBytes(Infinity)'),
  }),
];

const TIME_RULES: Rule[] = [
  limit('an event is not before the year 2000', {
    takes: [{ time: '2000-01-01T00:00:00Z' }],
    refuses: [{ time: '1999-12-31T23:59:59Z' }],
    at: 'time',
    off: without('assumptions.ts', 'earliestEventYear: 2000,', 'earliestEventYear: 1990,'),
  }),
  bounds('an event is not before the year 1990, where that is assumed', {
    path: PATHS.event,
    options: { assume: { earliestEventYear: 1990 } },
    takes: [eventBody({ time: '1990-01-01T00:00:00Z' })],
    refuses: [eventBody({ time: '1989-12-31T23:59:59Z' })],
    errors: invalid(`${AT}/time`),
    off: without(TIME, 'Date.UTC(on.assume.earliestEventYear, 0, 1)', 'Date.UTC(2000, 0, 1)'),
  }),
  bounds("an event's metric is not of Klaviyo's own service", {
    path: PATHS.event,
    takes: ['shop', null].map(ofService),
    refuses: ['klaviyo', 'Klaviyo'].map(ofService),
    errors: invalid(...many(2, () => `${AT}/metric/data/attributes/service`)),
    off: without('validate/bodies/event.ts', 'value.toLowerCase() === OWN_SERVICE', 'false'),
  }),
  limit('an event is at most 365 days ahead', {
    takes: [{ time: inTime(AHEAD_MS) }],
    refuses: [{ time: inTime(AHEAD_MS + 1) }],
    at: 'time',
    off: without(TIME, 'ms > on.nowMs + MAX_EVENT_TIME_AHEAD_MS', 'false'),
  }),
  limit('the time of an event is ISO 8601', {
    takes: [{ time: '2026-11-01' }, { time: '2026-11-01T10:00:00+02:00' }, { time: '2026-11-01T10:00:00.123Z' }],
    refuses: ['yesterday', 1_793_000_000, '2026/11/01', '2026-11-01 10:00', '2026-11-01T10:00 CET'].map((time) => ({
      time,
    })),
    at: 'time',
    off: without(TIME, ' || !ISO_8601.test(value)'),
  }),
  limit('the time of an event names a day of the calendar', {
    takes: [{ time: '2024-02-29T10:00:00Z' }],
    refuses: [{ time: '2026-02-29T10:00:00Z' }, { time: '2026-13-01T10:00:00Z' }],
    at: 'time',
    off: without(TIME, ' || !isCalendarDay(value.slice(0, DAY_CHARS))'),
  }),
];

const numbered = (count: number) => many(count, (index) => ({ unique_id: `e${index}` }));

const BULK_RULES: Rule[] = [
  bounds('a bulk request has at most 1,000 events, counted over its groups', {
    path: PATHS.bulkEvents,
    takes: [bulkEventsBody([{ events: numbered(1000) }]), bulkEventsBody(many(1000, () => ({ events: [{}] })))],
    refuses: [bulkEventsBody([{ events: numbered(500) }, { events: numbered(501) }])],
    errors: invalid(GROUPS),
    off: without(BULK, 'if (count > MAX_BULK_EVENTS)', 'if (false)'),
  }),
  refuses('a bulk group without events is refused', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([{ events: [] }]),
    errors: invalid(`${GROUPS}/data/0/attributes/events/data`),
    off: without(BULK, "{ min: 1, what: 'events' }", "{ what: 'events' }"),
  }),
  refuses('a bulk request without groups is refused', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([]),
    errors: invalid(`${GROUPS}/data`),
    off: without(BULK, "{ min: 1, what: 'event-bulk-create' }", "{ what: 'event-bulk-create' }"),
  }),
  refuses('one bad event of a bulk request refuses the whole', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([{ events: [{}] }, { events: [{ unique_id: '' }] }]),
    errors: invalid(`${GROUPS}/data/1/attributes/events/data/0/attributes/unique_id`),
    off: without(FIELDS, 'min: 1, max: MAX_UNIQUE', 'max: MAX_UNIQUE'),
  }),
];

export const EVENT_BODY_RULES: Rule[] = [...FIELD_RULES, ...SIZE_RULES, ...TIME_RULES, ...BULK_RULES];

import { describe, expect, test } from 'vitest';
import {
  bulkEventsBody,
  byEmail,
  bySms,
  eventBody,
  importBody,
  listBody,
  memberBody,
  PATHS,
  profileBody,
  subscribeBody,
  unsubscribeBody,
} from './support/bodies.ts';
import { createTestEmulator, errorsOf, START_MS } from './support/createTestEmulator.ts';

interface Row {
  title: string;
  path: string;
  body: unknown;
  /** `status code pointer` of every error. */
  errors: string[];
}

const EVENT = '/data/attributes';
const EVENT_PROFILE = '/data/attributes/profile/data';
const GROUP = (index: number) => `/data/attributes/events-bulk-create/data/${index}/attributes`;
const ENTRY = (index: number) => `/data/attributes/profiles/data/${index}`;
const invalid = (...pointers: string[]) => pointers.map((pointer) => `400 invalid ${pointer}`);
const atTime = (ms: number) => new Date(ms).toISOString();
const DAY_MS = 86_400_000;
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const nested = (depth: number): unknown => (depth === 0 ? 'leaf' : { inner: nested(depth - 1) });

const events: Row[] = [
  ['an unknown key of an event', { valeu: 1 }, `${EVENT}/valeu`],
  ['properties that are missing', { properties: undefined }, `${EVENT}/properties`],
  ['properties that are a list', { properties: [] }, `${EVENT}/properties`],
  ['a value that is text', { value: '9.50' }, `${EVENT}/value`],
  ['a currency that is no ISO 4217 code', { value_currency: 'euro' }, `${EVENT}/value_currency`],
  ['an empty unique_id', { unique_id: '' }, `${EVENT}/unique_id`],
  ['a unique_id of 256 characters', { unique_id: 'u'.repeat(256) }, `${EVENT}/unique_id`],
  ['a time before the year 2000', { time: '1999-12-31T23:59:59Z' }, `${EVENT}/time`],
  ['a time more than a year ahead', { time: atTime(START_MS + 367 * DAY_MS) }, `${EVENT}/time`],
  ['a time that is no ISO 8601', { time: 'yesterday' }, `${EVENT}/time`],
  ['a metric name of 128 characters', { metric: 'm'.repeat(128) }, `${EVENT}/metric/data/attributes/name`],
  ['a metric without a name', { metric: '' }, `${EVENT}/metric/data/attributes/name`],
  ['401 properties', { properties: Object.fromEntries(many(401, (i) => [`p${i}`, 1])) }, `${EVENT}/properties`],
  ['text of more than 100 KB', { properties: { html: 'x'.repeat(100_001) } }, `${EVENT}/properties/html`],
  ['a list of 4,001 items', { properties: { items: many(4001, () => 1) } }, `${EVENT}/properties/items`],
  ['values nested 11 deep', { properties: nested(11) }, `${EVENT}/properties${'/inner'.repeat(10)}`],
  [
    'a deep value under a key with a slash, escaped',
    { properties: { 'a/b~c': nested(12) } },
    `${EVENT}/properties/a~1b~0c${'/inner'.repeat(9)}`,
  ],
  ['an integer of more than 64 bits', { properties: { n: 1e20 } }, `${EVENT}/properties/n`],
  ['a profile without any identifier', { profile: { first_name: 'Ada' } }, `${EVENT_PROFILE}/attributes`],
  ['an e-mail that is none', { profile: { email: 'ada@' } }, `${EVENT_PROFILE}/attributes/email`],
  [
    'an e-mail of 101 characters',
    { profile: { email: `${'a'.repeat(89)}@example.com` } },
    `${EVENT_PROFILE}/attributes/email`,
  ],
  ['a bad phone number alone', { profile: { phone_number: '0316' } }, `${EVENT_PROFILE}/attributes/phone_number`],
  ['an unknown _kx', { profile: { email: 'a@example.com', _kx: 'old' } }, `${EVENT_PROFILE}/attributes/_kx`],
  [
    'an unknown key of a profile',
    { profile: { emial: 'a', email: 'a@example.com' } },
    `${EVENT_PROFILE}/attributes/emial`,
  ],
  [
    'a profile of more than 95 KB',
    { profile: { email: 'a@example.com', properties: { a: 'x'.repeat(50_000), b: 'x'.repeat(50_000) } } },
    EVENT_PROFILE,
  ],
  ['meta beside the attributes of a single event', { profileRest: { meta: {} } }, `${EVENT_PROFILE}/meta`],
].map(([title, sketch, pointer]) => ({
  title: String(title),
  path: PATHS.event,
  body: eventBody(Object(sketch)),
  errors: invalid(String(pointer)),
}));

const bulk: Row[] = [
  {
    title: 'the third event of the second group, by its indexes',
    body: bulkEventsBody([{ events: [{}] }, { events: [{}, {}, { value: 'x' }] }]),
    errors: invalid(`${GROUP(1)}/events/data/2/attributes/value`),
  },
  {
    title: 'the profile of the second group',
    body: bulkEventsBody([{ events: [{}] }, { profile: { email: 'no' }, events: [{}] }]),
    errors: invalid(`${GROUP(1)}/profile/data/attributes/email`),
  },
  {
    title: 'every wrong item at once',
    body: bulkEventsBody([{ events: [{ value: 'x' }, {}, { time: 'x' }] }]),
    errors: invalid(`${GROUP(0)}/events/data/0/attributes/value`, `${GROUP(0)}/events/data/2/attributes/time`),
  },
  {
    title: '1,001 events over two groups',
    body: bulkEventsBody([{ events: many(500, () => ({})) }, { events: many(501, () => ({})) }]),
    errors: invalid('/data/attributes/events-bulk-create'),
  },
  {
    title: 'a group without events',
    body: bulkEventsBody([{ events: [] }]),
    errors: invalid(`${GROUP(0)}/events/data`),
  },
  {
    title: 'meta inside the attributes of a bulk profile',
    body: bulkEventsBody([{ profile: { email: 'a@example.com', meta: {} }, events: [{}] }]),
    errors: invalid(`${GROUP(0)}/profile/data/attributes/meta`),
  },
].map((row) => ({ ...row, path: PATHS.bulkEvents }));

const profiles: Row[] = [
  {
    title: 'an anonymous_id in an import',
    path: PATHS.profileImport,
    body: profileBody({ email: 'a@example.com', anonymous_id: 'x' }),
    errors: invalid('/data/attributes/anonymous_id'),
  },
  {
    title: 'a created profile without an identifier',
    path: PATHS.profiles,
    body: profileBody({ first_name: 'Ada' }),
    errors: invalid('/data/attributes'),
  },
  {
    title: 'a phone number that is not E.164, though the e-mail is good',
    path: PATHS.profileImport,
    body: profileBody({ email: 'a@example.com', phone_number: '+0316' }),
    errors: invalid('/data/attributes/phone_number'),
  },
  {
    title: 'a profile of more than 100 KB',
    path: PATHS.profileImport,
    body: profileBody({ email: 'a@example.com', properties: { a: 'x'.repeat(60_000), b: 'x'.repeat(60_000) } }),
    errors: invalid('/data'),
  },
  {
    title: 'one bad e-mail of a bulk import, by its index',
    path: PATHS.bulkImport,
    body: importBody([{ email: 'a@example.com' }, { email: 'nobody' }]),
    errors: invalid(`${ENTRY(1)}/attributes/email`),
  },
  {
    title: '10,001 profiles of a bulk import',
    path: PATHS.bulkImport,
    body: importBody(many(10_001, (i) => ({ external_id: `x${i}` }))),
    errors: invalid('/data/attributes/profiles/data'),
  },
  {
    title: 'an import into a list that does not exist',
    path: PATHS.bulkImport,
    body: importBody([{ email: 'a@example.com' }], 'NOLIST'),
    errors: ['404 not_found /data/relationships/lists/data/0/id'],
  },
];

const subscriptions: Row[] = [
  {
    title: 'SMS consent without a phone number',
    body: subscribeBody({
      profiles: [{ email: 'a@example.com', subscriptions: { sms: { marketing: { consent: 'SUBSCRIBED' } } } }],
    }),
    errors: invalid(`${ENTRY(0)}/attributes/phone_number`),
  },
  {
    title: 'no channel at all',
    body: subscribeBody({ profiles: [{ email: 'a@example.com', subscriptions: {} }] }),
    errors: invalid(`${ENTRY(0)}/attributes/subscriptions`),
  },
  {
    title: 'UNSUBSCRIBED in a subscribe job',
    body: subscribeBody({ profiles: [byEmail('a@example.com', 'UNSUBSCRIBED')] }),
    errors: invalid(`${ENTRY(0)}/attributes/subscriptions/email/marketing/consent`),
  },
  {
    title: 'consented_at without historical_import',
    body: subscribeBody({
      profiles: [byEmail('a@example.com', 'SUBSCRIBED', { consented_at: '2020-01-01T00:00:00Z' })],
    }),
    errors: invalid(`${ENTRY(0)}/attributes/subscriptions/email/marketing/consented_at`),
  },
  {
    title: 'historical_import without consented_at',
    body: subscribeBody({ historical_import: true, profiles: [byEmail('a@example.com', 'SUBSCRIBED')] }),
    errors: invalid(`${ENTRY(0)}/attributes/subscriptions/email/marketing/consented_at`),
  },
  {
    title: 'consented_at in the future',
    body: subscribeBody({
      historical_import: true,
      profiles: [byEmail('a@example.com', 'SUBSCRIBED', { consented_at: atTime(START_MS + DAY_MS) })],
    }),
    errors: invalid(`${ENTRY(0)}/attributes/subscriptions/email/marketing/consented_at`),
  },
  {
    title: 'the bad phone number of the second profile, by its index',
    body: subscribeBody({ profiles: [byEmail('a@example.com', 'SUBSCRIBED'), bySms('12', 'SUBSCRIBED')] }),
    errors: invalid(`${ENTRY(1)}/attributes/phone_number`),
  },
  {
    title: '1,001 profiles',
    body: subscribeBody({ profiles: many(1001, (i) => byEmail(`p${i}@example.com`, 'SUBSCRIBED')) }),
    errors: invalid('/data/attributes/profiles/data'),
  },
  {
    title: 'a list that does not exist',
    body: subscribeBody({ list: 'NOLIST', profiles: [byEmail('a@example.com', 'SUBSCRIBED')] }),
    errors: ['404 not_found /data/relationships/list/data/id'],
  },
].map((row) => ({ ...row, path: PATHS.subscribe }));

const others: Row[] = [
  {
    title: '101 profiles to unsubscribe',
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ profiles: many(101, (i) => byEmail(`p${i}@example.com`, 'UNSUBSCRIBED')) }),
    errors: invalid('/data/attributes/profiles/data'),
  },
  {
    title: 'a custom_source in an unsubscribe job',
    path: PATHS.unsubscribe,
    body: unsubscribeBody({ custom_source: 'x', profiles: [byEmail('a@example.com', 'UNSUBSCRIBED')] }),
    errors: invalid('/data/attributes/custom_source'),
  },
  { title: 'a list without a name', path: PATHS.lists, body: listBody(''), errors: invalid('/data/attributes/name') },
  {
    title: '1,001 members to add',
    path: '/api/lists/DEMO01/relationships/profiles',
    body: memberBody(many(1001, (i) => `id${i}`)),
    errors: invalid('/data'),
  },
  {
    title: 'members that are no profiles',
    path: '/api/lists/DEMO01/relationships/profiles',
    body: memberBody(['nobody']),
    errors: ['404 not_found /data/'],
  },
  {
    title: 'a deletion that names nobody',
    path: PATHS.deletion,
    body: {
      data: {
        type: 'data-privacy-deletion-job',
        attributes: { profile: { data: { type: 'profile', attributes: {} } } },
      },
    },
    errors: invalid('/data/attributes/profile/data/attributes'),
  },
  { title: 'a body that is no JSON', path: PATHS.event, body: '{', errors: invalid('/data') },
  { title: 'a body that is a list', path: PATHS.event, body: [], errors: invalid('/data') },
];

describe('a request is refused for', () => {
  test.each([...events, ...bulk, ...profiles, ...subscriptions, ...others])(
    '$title',
    async ({ path, body, errors }) => {
      const { send, emulator } = createTestEmulator();
      const found = errorsOf(await send('POST', path, body));
      const { profiles, events } = emulator.state();
      expect({ found, profiles, events }).toEqual({ found: errors, profiles: [], events: [] });
    },
  );

  test('more than 5 MB', async () => {
    const { send } = createTestEmulator();
    const reply = await send('POST', PATHS.bulkEvents, `{"data":"${'x'.repeat(5_000_000)}"}`);
    expect(errorsOf(reply)).toEqual(['413 payload_too_large /data/']);
  });
});

describe('a request is taken with', () => {
  const accepted: [string, string, unknown][] = [
    ['a metric name of 127 characters', PATHS.event, eventBody({ metric: 'm'.repeat(127) })],
    ['a unique_id of 255 characters', PATHS.event, eventBody({ unique_id: 'u'.repeat(255) })],
    ['400 properties', PATHS.event, eventBody({ properties: Object.fromEntries(many(400, (i) => [`p${i}`, 1])) })],
    ['values nested 10 deep', PATHS.event, eventBody({ properties: nested(10) })],
    ['an e-mail with a plus', PATHS.event, eventBody({ profile: { email: "o'neil+shop@mail.example.com" } })],
    [
      'a bad phone number beside a good e-mail',
      PATHS.event,
      eventBody({ profile: { email: 'a@example.com', phone_number: '12' } }),
    ],
    ['null for what may be null', PATHS.event, eventBody({ time: null, value: null, unique_id: null, backfill: null })],
    ['1,000 events', PATHS.bulkEvents, bulkEventsBody([{ events: many(1000, (i) => ({ unique_id: `e${i}` })) }])],
  ];
  test.each(accepted)('%s', async (_title, path, body) => {
    const { send } = createTestEmulator();
    const reply = await send('POST', path, body);
    expect([reply.status, reply.body]).toEqual([202, '']);
  });
});

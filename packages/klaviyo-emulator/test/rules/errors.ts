import {
  bulkEventsBody,
  byEmail,
  bySms,
  eventBody,
  importBody,
  PATHS,
  profileBody,
  subscribeBody,
} from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import type { Off, Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const PROBLEM = 'http/problem.ts';
const GROUPS = '/data/attributes/events-bulk-create/data';
const ENTRIES = '/data/attributes/profiles/data';
const ADA = { email: 'ada@example.com' };
const NO_INDEX = without(
  'validate/array.ts',
  '[index, member] of value.entries()',
  '[index, member] of value.map((each) => [0, each] as const)',
);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const manyGroups = (count: number) => Array.from({ length: count }, () => ({ profile: { email: 'no' }, events: [{}] }));

const SHAPE_RULES: Rule[] = [
  {
    rule: 'an error has the documented members',
    async scene(open) {
      const { body } = await open().send('POST', PATHS.event, eventBody({ value: 'x' }));
      const { id, ...error } = body.errors[0];
      return [Object.keys(body), UUID.test(id), error];
    },
    seen: [
      ['errors'],
      true,
      {
        status: 400,
        code: 'invalid',
        title: 'Invalid input.',
        detail: 'Not a valid number.',
        source: { pointer: '/data/attributes/value' },
        links: {},
        meta: {},
      },
    ],
    off: without(PROBLEM, 'links: {},'),
  },
  {
    rule: 'each error has an id of its own',
    async scene(open) {
      const { body } = await open().send('POST', PATHS.event, eventBody({ value: 'x', time: 'x' }));
      return new Set(body.errors.map(({ id }: { id: string }) => id)).size;
    },
    seen: 2,
    off: without(PROBLEM, 'crypto.randomUUID()', "'0'"),
  },
  refuses('everything wrong with a body is said in one answer', {
    path: PATHS.event,
    body: eventBody({ value: 'x', time: 'x', valeu: 1, profile: { email: 'no' } }),
    errors: invalid(
      '/data/attributes/valeu',
      '/data/attributes/time',
      '/data/attributes/value',
      '/data/attributes/profile/data/attributes/email',
    ),
    off: without(
      'validate/check.ts',
      'on.issues.push({ pointer, detail });',
      'if (on.issues.length === 0) on.issues.push({ pointer, detail });',
    ),
  }),
  {
    rule: 'a 409 names the profile that exists',
    async scene(open) {
      const { send } = open();
      const { body } = await send('POST', PATHS.profiles, profileBody(ADA));
      const reply = await send('POST', PATHS.profiles, profileBody(ADA));
      return [errorsOf(reply), reply.body.errors[0].meta.duplicate_profile_id === body.data.id];
    },
    seen: [['409 duplicate_profile /data/attributes'], true],
    off: without(PROBLEM, 'meta: { duplicate_profile_id: duplicateId },'),
  },
];

const POINTER_RULES: Rule[] = [
  refuses('the pointer into bulk events counts groups and events from 0', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([{ events: [{}] }, { events: [{}, {}, { value: 'x' }] }]),
    errors: invalid(`${GROUPS}/1/attributes/events/data/2/attributes/value`),
    off: NO_INDEX,
  }),
  refuses('the pointer to the profile of bulk events counts groups', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([{ events: [{}] }, { profile: { email: 'no' }, events: [{}] }]),
    errors: invalid(`${GROUPS}/1/attributes/profile/data/attributes/email`),
    off: NO_INDEX,
  }),
  refuses('each wrong item of bulk events has an error of its own', {
    path: PATHS.bulkEvents,
    body: bulkEventsBody([{ events: [{ value: 'x' }, {}, { time: 'x' }] }]),
    errors: invalid(
      `${GROUPS}/0/attributes/events/data/0/attributes/value`,
      `${GROUPS}/0/attributes/events/data/2/attributes/time`,
    ),
    off: NO_INDEX,
  }),
  refuses('the pointer into a bulk import counts profiles', {
    path: PATHS.bulkImport,
    body: importBody([ADA, { email: 'nobody' }]),
    errors: invalid(`${ENTRIES}/1/attributes/email`),
    off: NO_INDEX,
  }),
  refuses('the pointer into a subscribe job counts profiles', {
    path: PATHS.subscribe,
    body: subscribeBody({ profiles: [byEmail(ADA.email, 'SUBSCRIBED'), bySms('12', 'SUBSCRIBED')] }),
    errors: invalid(`${ENTRIES}/1/attributes/phone_number`),
    off: NO_INDEX,
  }),
  refuses('a pointer escapes the slash of a key', {
    path: PATHS.event,
    body: eventBody({ 'a/b': 1, properties: { 'a/b': 1e20 } }),
    errors: invalid('/data/attributes/a~1b', '/data/attributes/properties/a~1b'),
    off: without('validate/pointerToken.ts', ".replaceAll('/', '~1')"),
  }),
  refuses('a pointer escapes the tilde of a key', {
    path: PATHS.event,
    body: eventBody({ 'a~1b': 1, properties: { 'a~b': 1e20 } }),
    errors: invalid('/data/attributes/a~01b', '/data/attributes/properties/a~0b'),
    off: without('validate/pointerToken.ts', ".replaceAll('~', '~0')"),
  }),
];

/** The rule that an error about the query names its parameter. */
function parameter(name: string, value: string, path: string = PATHS.profiles): Rule {
  const off: Off = without(PROBLEM, 'detail, source });', 'detail });');
  return {
    rule: `an error about ${name} names the parameter, not a pointer`,
    async scene(open) {
      const { body } = await open().send('GET', `${path}?${name}=${encodeURIComponent(value)}`);
      return body.errors.map(({ code, source }: { code: string; source: object }) => ({ code, source }));
    },
    seen: [{ code: 'invalid', source: { parameter: name } }],
    off,
  };
}

const PARAMETER_RULES: Rule[] = [
  parameter('filter', 'nonsense'),
  parameter('sort', 'color'),
  parameter('page[size]', '101'),
  parameter('page[cursor]', 'nowhere'),
  parameter('include', 'friends', PATHS.event),
];

const ASSUMED_RULES: Rule[] = [
  {
    rule: 'an answer has at most 100 errors',
    async scene(open) {
      return errorsOf(await open().send('POST', PATHS.bulkEvents, bulkEventsBody(manyGroups(101)))).length;
    },
    seen: 100,
    off: without('assumptions.ts', 'maxErrors: 100,', 'maxErrors: 1000,'),
  },
  {
    rule: 'an answer has one error, where that is assumed',
    async scene(open) {
      const { send } = open({ assume: { maxErrors: 1 } });
      return errorsOf(await send('POST', PATHS.bulkEvents, bulkEventsBody(manyGroups(3))));
    },
    seen: invalid(`${GROUPS}/0/attributes/profile/data/attributes/email`),
    off: without('http/assumeErrors.ts', '.slice(0, assume.maxErrors)'),
  },
  {
    rule: 'the code of a 404 is not_found',
    scene: async (open) => errorsOf(await open().send('GET', '/api/profiles/none')),
    seen: ['404 not_found /data/'],
    off: without('assumptions.ts', "notFoundCode: 'not_found'", "notFoundCode: 'resource_not_found'"),
  },
  {
    rule: 'the code of every 404 is another, where that is assumed',
    async scene(open) {
      const { send } = open({ assume: { notFoundCode: 'gone_fishing' } });
      const body = subscribeBody({ list: 'NOLIST', profiles: [byEmail(ADA.email, 'SUBSCRIBED')] });
      const replies = [
        await send('GET', '/api/profiles/none'),
        await send('GET', '/api/nothing'),
        await send('POST', PATHS.subscribe, body),
      ];
      return replies.map((reply) => reply.body.errors[0].code);
    },
    seen: ['gone_fishing', 'gone_fishing', 'gone_fishing'],
    off: without('http/assumeErrors.ts', 'code: assume.notFoundCode'),
  },
];

export const ERROR_RULES: Rule[] = [...SHAPE_RULES, ...POINTER_RULES, ...PARAMETER_RULES, ...ASSUMED_RULES];

import { importBody, listBody, memberBody, PATHS, profileBody } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { bounds } from './bounds.ts';
import type { Rule } from './Rule.ts';
import { invalid, refuses } from './refuses.ts';
import { without } from './without.ts';

const BODIES = 'validate/bodies/profiles.ts';
const MEMBERS = '/api/lists/DEMO01/relationships/profiles';
const ENTRIES = '/data/attributes/profiles/data';
const ADA = { email: 'ada@example.com' };

/** Attributes that make the whole resource so many bytes. */
function attributesOf(bytes: number) {
  const make = (text: string) => ({ ...ADA, properties: { text: text.slice(60_000), more: text.slice(0, 60_000) } });
  const empty = JSON.stringify({ type: 'profile', attributes: make('') });
  return make('x'.repeat(bytes - empty.length));
}
const [FULL, TOO_FULL] = [attributesOf(100_000), attributesOf(100_001)];

const mergeOf = (into: string, sources: string[]) => ({
  data: {
    type: 'profile-merge',
    id: into,
    relationships: { profiles: { data: sources.map((id) => ({ type: 'profile', id })) } },
  },
});

const deletionOf = (attributes: object, id?: string) => ({
  data: {
    type: 'data-privacy-deletion-job',
    attributes: { profile: { data: { type: 'profile', id, attributes } } },
  },
});

const PROFILE_RULES: Rule[] = [
  bounds('a created profile has at most 100 KB', {
    path: PATHS.profiles,
    takes: [profileBody(FULL)],
    refuses: [profileBody(TOO_FULL)],
    errors: invalid('/data'),
    off: without('limits.ts', 'MAX_PROFILE_BYTES = 100_000', 'MAX_PROFILE_BYTES = 1e9'),
  }),
  bounds('an upserted profile has at most 100 KB', {
    path: PATHS.profileImport,
    takes: [profileBody(FULL)],
    refuses: [profileBody(TOO_FULL)],
    errors: invalid('/data'),
    off: without('limits.ts', 'MAX_PROFILE_BYTES = 100_000', 'MAX_PROFILE_BYTES = 1e9'),
  }),
  bounds('each profile of a bulk import has at most 100 KB', {
    path: PATHS.bulkImport,
    takes: [importBody([FULL, FULL])],
    refuses: [importBody([FULL, TOO_FULL])],
    errors: invalid(`${ENTRIES}/1`),
    off: without('limits.ts', 'MAX_PROFILE_BYTES = 100_000', 'MAX_PROFILE_BYTES = 1e9'),
  }),
  refuses('a text attribute of a profile has at most 100 KB', {
    path: PATHS.profileImport,
    body: profileBody({ ...ADA, first_name: 'x'.repeat(100_001) }),
    errors: invalid('/data/attributes/first_name'),
    off: without('validate/scalars.ts', 'exceedsBytes(value, MAX_STRING_BYTES)', 'false'),
  }),
  refuses('a created profile names somebody', {
    path: PATHS.profiles,
    body: profileBody({ first_name: 'Ada' }),
    errors: invalid('/data/attributes'),
    off: without(BODIES, '    hasIdentifier(IDENTIFIERS),\n'),
  }),
  {
    rule: 'the ids of path and body of an updated profile are equal',
    async scene(open) {
      const { send, emulator } = open();
      const { body } = await send('POST', PATHS.profiles, profileBody(ADA));
      const path = `${PATHS.profiles}/${body.data.id}`;
      const replies = [
        await send('PATCH', path, profileBody({ title: 'Dr' }, { id: 'other' })),
        await send('PATCH', path, profileBody({ title: 'Dr' })),
      ];
      return [replies.flatMap(errorsOf), emulator.state().profiles.map(({ attributes }) => attributes)];
    },
    seen: [invalid('/data/id', '/data/id'), [{}]],
    off: without('routes/profiles/writeProfiles.ts', 'if (data.id !== call.id)', 'if (false)'),
  },
];

const IMPORT_RULES: Rule[] = [
  bounds('a bulk import has at most 10,000 profiles', {
    path: PATHS.bulkImport,
    takes: [importBody(Array.from({ length: 10_000 }, (_, index) => ({ external_id: `x${index}` })))],
    refuses: [importBody(Array.from({ length: 10_001 }, (_, index) => ({ external_id: `x${index}` })))],
    errors: invalid(ENTRIES),
    off: without(BODIES, 'max: MAX_IMPORT_PROFILES', 'max: 1e9'),
  }),
  refuses('a bulk import without profiles is refused', {
    path: PATHS.bulkImport,
    body: importBody([]),
    errors: invalid(ENTRIES),
    off: without(BODIES, 'min: 1, max: MAX_IMPORT_PROFILES', 'max: MAX_IMPORT_PROFILES'),
  }),
  refuses('each profile of a bulk import names somebody', {
    path: PATHS.bulkImport,
    body: importBody([ADA, { first_name: 'Bob' }]),
    errors: invalid(`${ENTRIES}/1/attributes`),
    off: without(
      BODIES,
      "attributes: required(importAttributes), meta }),\n  hasIdentifier([...IDENTIFIERS, '_kx', 'id']),",
      'attributes: required(importAttributes), meta }),',
    ),
  }),
  refuses('one bad address refuses a bulk import as a whole', {
    path: PATHS.bulkImport,
    body: importBody([ADA, { email: 'nobody' }, { phone_number: '12' }]),
    errors: invalid(`${ENTRIES}/1/attributes/email`, `${ENTRIES}/2/attributes/phone_number`),
    off: without('assumptions.ts', "bulkImportInvalid: 'reject',", "bulkImportInvalid: 'job',"),
  }),
  {
    rule: 'one bad address is an import error of the job, where that is assumed',
    async scene(open) {
      const { send, emulator } = open({ assume: { bulkImportInvalid: 'job' } });
      const { status } = await send('POST', PATHS.bulkImport, importBody([ADA, { email: 'nobody' }]));
      const jobs = emulator
        .state()
        .jobs.map(({ completed, errors }) => [completed, errors.map(({ pointer }) => pointer)]);
      return [status, jobs];
    },
    seen: [202, [[1, [`${ENTRIES}/1/attributes/email`]]]],
    off: without(BODIES, "on.assume.bulkImportInvalid === 'job'", 'false'),
  },
  refuses('an import into a list that does not exist is refused', {
    path: PATHS.bulkImport,
    body: importBody([ADA], 'NOLIST'),
    errors: ['404 not_found /data/relationships/lists/data/0/id'],
    off: without('routes/imports/bulkImport.ts', 'if (missing !== -1)', 'if (false)'),
  }),
];

const MERGE_RULES: Rule[] = [
  refuses('a merge takes one source, not two', {
    path: PATHS.merge,
    body: mergeOf('A', ['B', 'C']),
    errors: invalid('/data/relationships/profiles/data'),
    off: without(BODIES, "min: 1, max: 1, what: 'source", "min: 1, what: 'source"),
  }),
  refuses('a merge takes one source, not none', {
    path: PATHS.merge,
    body: mergeOf('A', []),
    errors: invalid('/data/relationships/profiles/data'),
    off: without(BODIES, "min: 1, max: 1, what: 'source", "max: 1, what: 'source"),
  }),
  {
    rule: 'a profile is not merged into itself',
    async scene(open) {
      const { send } = open();
      const { body } = await send('POST', PATHS.profiles, profileBody(ADA));
      return errorsOf(await send('POST', PATHS.merge, mergeOf(body.data.id, [body.data.id])));
    },
    seen: invalid('/data/relationships/profiles/data/0/id'),
    off: without('routes/profiles/mergeProfilesRoute.ts', 'if (source === data.id)', 'if (false)'),
  },
  bounds('a deletion names exactly one identifier', {
    path: PATHS.deletion,
    takes: [deletionOf(ADA), deletionOf({ phone_number: '+15005550006' }), deletionOf({}, 'A')],
    refuses: [deletionOf({}), deletionOf(ADA, 'A'), deletionOf({ ...ADA, phone_number: '+15005550006' })],
    errors: invalid(...['none', 'two', 'two'].map(() => '/data/attributes/profile/data/attributes')),
    off: without('validate/bodies/deletion.ts', 'if (count !== 1)', 'if (false)'),
  }),
];

const LIST_RULES: Rule[] = [
  bounds('the name of a list has 1 to 255 characters', {
    path: PATHS.lists,
    takes: [listBody('x'), listBody('x'.repeat(255))],
    refuses: [listBody(''), listBody('x'.repeat(256))],
    errors: invalid('/data/attributes/name', '/data/attributes/name'),
    off: without('validate/bodies/lists.ts', 'text({ min: 1, max: MAX_LIST_NAME_CHARS })', 'string'),
  }),
  bounds('the opt-in of a list is single or double', {
    path: PATHS.lists,
    takes: [listBody('VIP', 'double_opt_in'), listBody('VIP', 'single_opt_in')],
    refuses: [listBody('VIP', 'none')],
    errors: invalid('/data/attributes/opt_in_process'),
    off: without('validate/bodies/lists.ts', "maybe(literal('double_opt_in', 'single_opt_in'))", 'maybe(string)'),
  }),
  refuses('the ids of path and body of an updated list are equal', {
    method: 'PATCH',
    path: `${PATHS.lists}/DEMO01`,
    body: { data: { type: 'list', id: 'OTHER', attributes: { name: 'VIP' } } },
    errors: invalid('/data/id'),
    off: without('routes/lists/writeLists.ts', 'if (data.id !== call.id)', 'if (false)'),
  }),
  refuses('at most 1,000 members are added to a list at once', {
    path: MEMBERS,
    body: memberBody(Array.from({ length: 1001 }, (_, index) => `id${index}`)),
    errors: invalid('/data'),
    off: without('validate/bodies/lists.ts', 'max: MAX_LIST_MEMBER_IDS, '),
  }),
  refuses('at most 1,000 members are removed from a list at once', {
    method: 'DELETE',
    path: MEMBERS,
    body: memberBody(Array.from({ length: 1001 }, (_, index) => `id${index}`)),
    errors: invalid('/data'),
    off: without('validate/bodies/lists.ts', 'max: MAX_LIST_MEMBER_IDS, '),
  }),
  {
    rule: 'one unknown id among new members refuses all of them, and stands in the text of the error only',
    async scene(open) {
      const { send, emulator } = open();
      const { body } = await send('POST', PATHS.profiles, profileBody(ADA));
      const reply = await send('POST', MEMBERS, memberBody([body.data.id, 'nobody']));
      const named = String(reply.body?.errors?.[0].detail).includes('nobody');
      return { errors: errorsOf(reply), named, members: emulator.state().lists.map(({ members }) => members.length) };
    },
    seen: { errors: ['404 not_found /data/'], named: true, members: [0] },
    off: without('routes/lists/changeMembers.ts', 'if (unknown.length > 0)', 'if (false)'),
  },
];

export const PROFILE_BODY_RULES: Rule[] = [...PROFILE_RULES, ...IMPORT_RULES, ...MERGE_RULES, ...LIST_RULES];

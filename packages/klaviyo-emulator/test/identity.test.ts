import { expect, test } from 'vitest';
import { bulkEventsBody, eventBody, PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator, type TestEmulator } from './support/createTestEmulator.ts';

type Json = Record<string, unknown>;

/** Each profile as `email|phone|external|anonymous ids: its events`. */
function people({ emulator }: TestEmulator): string[] {
  const { profiles, events } = emulator.state();
  return profiles.map((profile) => {
    const names = [profile.email, profile.phone_number, profile.external_id, profile.anonymous_ids.join('+') || null];
    const own = events.filter((event) => event.profile === profile.id).map(({ unique_id }) => unique_id);
    return `${names.map((name) => name ?? '-').join('|')}: ${own.join(',')}`;
  });
}

const PHONE = '+15005550006';

interface Row {
  title: string;
  /** Profile attributes of events sent one after the other; their unique ids are 1, 2, 3... */
  sent: Json[];
  people: string[];
}

const rows: Row[] = [
  {
    title: 'the same e-mail in another case is the same person',
    sent: [{ email: 'Ada@Example.com' }, { email: 'ada@example.com' }],
    people: ['ada@example.com|-|-|-: 1,2'],
  },
  {
    title: 'an anonymous visitor who names herself becomes that person, earlier events included',
    sent: [{ anonymous_id: 'x' }, { anonymous_id: 'x', email: 'ada@example.com' }],
    people: ['ada@example.com|-|-|x: 1,2'],
  },
  {
    title: 'an anonymous profile is merged into a known one when both arrive in one event',
    sent: [{ email: 'ada@example.com' }, { anonymous_id: 'x' }, { email: 'ada@example.com', anonymous_id: 'x' }],
    people: ['ada@example.com|-|-|x: 1,2,3'],
  },
  {
    title: 'two known people who share a browser stay two',
    sent: [
      { email: 'ada@example.com', anonymous_id: 'x' },
      { email: 'bob@example.com', anonymous_id: 'x' },
      { anonymous_id: 'x' },
    ],
    people: ['ada@example.com|-|-|x: 1,3', 'bob@example.com|-|-|-: 2'],
  },
  {
    title: 'a phone number completes the profile of the e-mail beside it',
    sent: [{ email: 'ada@example.com', phone_number: PHONE }, { phone_number: PHONE }],
    people: [`ada@example.com|${PHONE}|-|-: 1,2`],
  },
  {
    title: 'an e-mail decides over a phone number of somebody else, and takes nothing away',
    sent: [
      { email: 'ada@example.com', phone_number: PHONE },
      { email: 'bob@example.com', phone_number: PHONE },
    ],
    people: [`ada@example.com|${PHONE}|-|-: 1`, 'bob@example.com|-|-|-: 2'],
  },
  {
    title: 'an external id finds its person',
    sent: [{ email: 'ada@example.com', external_id: 'c1' }, { external_id: 'c1' }],
    people: ['ada@example.com|-|c1|-: 1,2'],
  },
  {
    title: 'a bad phone number beside a good e-mail is left out',
    sent: [{ email: 'ada@example.com', phone_number: '12' }],
    people: ['ada@example.com|-|-|-: 1'],
  },
];

test.each(rows)('$title', async ({ sent, people: expected }) => {
  const emulator = createTestEmulator();
  for (const [index, profile] of sent.entries())
    await emulator.send('POST', PATHS.event, eventBody({ profile, unique_id: String(index + 1) }));
  expect(people(emulator)).toEqual(expected);
});

test('_kx finds its person, and brings an anonymous profile along', async () => {
  const emulator = createTestEmulator();
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: '1' }));
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: '2', profile: { anonymous_id: 'x' } }));
  const kx = emulator.emulator.state().profiles[0]?._kx;
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: '3', profile: { anonymous_id: 'x', _kx: kx } }));
  expect(people(emulator)).toEqual(['ada@example.com|-|-|x: 1,2,3']);
});

test('an event that both profiles reported counts once after their merge', async () => {
  const emulator = createTestEmulator();
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1', profile: { anonymous_id: 'x' } }));
  const both = { email: 'ada@example.com', anonymous_id: 'x' };
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o2', profile: both }));
  expect(people(emulator)).toEqual(['ada@example.com|-|-|x: o1,o2']);
});

test('a bulk request resolves every group for itself', async () => {
  const emulator = createTestEmulator();
  const groups = [
    { profile: { anonymous_id: 'x' }, events: [{ unique_id: '1' }] },
    { profile: { anonymous_id: 'x', email: 'ada@example.com' }, events: [{ unique_id: '2' }] },
    { profile: { email: 'bob@example.com' }, events: [{ unique_id: '3' }] },
  ];
  await emulator.send('POST', PATHS.bulkEvents, bulkEventsBody(groups));
  expect(people(emulator)).toEqual(['ada@example.com|-|-|x: 1,2', 'bob@example.com|-|-|-: 3']);
});

test('merging by request moves events and memberships, and removes the source', async () => {
  const emulator = createTestEmulator();
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: '1' }));
  await emulator.send('POST', PATHS.event, eventBody({ unique_id: '2', profile: { external_id: 'c1' } }));
  const [into, source] = emulator.emulator.state().profiles.map(({ id }) => id);
  const profiles = { data: [{ type: 'profile', id: source }] };
  await emulator.send('POST', PATHS.merge, { data: { type: 'profile-merge', id: into, relationships: { profiles } } });
  expect(people(emulator)).toEqual(['ada@example.com|-|c1|-: 1,2']);
});

test('an import whose identifiers name two people answers 409 with the id of the second', async () => {
  const { send } = createTestEmulator();
  await send('POST', PATHS.profileImport, profileBody({ email: 'ada@example.com' }));
  const other = await send('POST', PATHS.profileImport, profileBody({ phone_number: PHONE }));
  const both = profileBody({ email: 'ada@example.com', phone_number: PHONE });
  const { status, body } = await send('POST', PATHS.profileImport, both);
  const { code, source, meta } = body.errors[0];
  expect({ status, code, source, meta }).toEqual({
    status: 409,
    code: 'duplicate_profile',
    source: { pointer: '/data/attributes' },
    meta: { duplicate_profile_id: other.body.data.id },
  });
});

test('null clears an attribute, absence leaves it, and patches change lists', async () => {
  const { send, emulator } = createTestEmulator();
  const first = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lee', properties: { tags: ['a'], old: 1 } };
  const { body } = await send('POST', PATHS.profileImport, profileBody(first));
  const patch = { patch_properties: { append: { tags: ['b', 'a'] }, unappend: { none: 'x' }, unset: 'old' } };
  await send('POST', PATHS.profileImport, profileBody({ email: 'ada@example.com', first_name: null }, { meta: patch }));
  const { attributes, properties } = emulator.state().profiles.find(({ id }) => id === body.data.id) ?? {};
  expect({ attributes, properties }).toEqual({
    attributes: { last_name: 'Lee' },
    properties: { tags: ['a', 'b'], none: [] },
  });
});

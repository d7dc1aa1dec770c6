import { describe, expect, test } from 'vitest';
import { importBody, listBody, memberBody, PATHS, profileBody } from './support/bodies.ts';
import { createTestEmulator, errorsOf, type Reply, type TestEmulator } from './support/createTestEmulator.ts';

const emailsOf = (reply: Reply) =>
  reply.body.data.map(({ attributes }: { attributes: { email: string } }) => attributes.email);

async function withThree(): Promise<TestEmulator> {
  const emulator = createTestEmulator();
  for (const [index, name] of ['ada', 'bob+shop', 'eve'].entries()) {
    const attributes = { email: `${name}@example.com`, phone_number: `+1500555000${index}`, external_id: `c${index}` };
    await emulator.send('POST', PATHS.profiles, profileBody(attributes));
    emulator.emulator.clock.advance(1000);
  }
  return emulator;
}

describe('profiles are found by', () => {
  test.each([
    ['e-mail, whatever its case', 'equals(email,"ADA@example.com")', ['ada@example.com']],
    ['an e-mail with a plus', 'equals(email,"bob+shop@example.com")', ['bob+shop@example.com']],
    [
      'any of several e-mails',
      'any(email,["ada@example.com","eve@example.com","no@example.com"])',
      ['ada@example.com', 'eve@example.com'],
    ],
    ['phone number', 'equals(phone_number,"+15005550001")', ['bob+shop@example.com']],
    ['external id', 'any(external_id,["c2"])', ['eve@example.com']],
    [
      'time of creation',
      'greater-than(created,2026-11-02T09:00:00Z),less-than(created,2026-11-02T09:00:02Z)',
      ['bob+shop@example.com'],
    ],
    ['two conditions in and()', 'and(equals(external_id,"c0"),equals(email,"eve@example.com"))', []],
  ])('%s', async (_title, filter, emails) => {
    const { send } = await withThree();
    expect(emailsOf(await send('GET', `${PATHS.profiles}?filter=${encodeURIComponent(filter)}`))).toEqual(emails);
  });
});

test('a sparse fieldset keeps only what it names', async () => {
  const { send } = await withThree();
  const { body } = await send('GET', `${PATHS.profiles}?fields[profile]=email,location.city&page[size]=1`);
  expect(body.data[0].attributes).toEqual({ email: 'ada@example.com', location: { city: null } });
});

test('updating needs the same id in path and body, an existing profile, and a free identifier', async () => {
  const { send, emulator } = await withThree();
  const [ada] = emulator.state().profiles.map(({ id }) => id);
  const replies = [
    await send('PATCH', `/api/profiles/${ada}`, profileBody({ title: 'Dr' }, { id: 'other' })),
    await send('PATCH', '/api/profiles/none', profileBody({ title: 'Dr' }, { id: 'none' })),
    await send('PATCH', `/api/profiles/${ada}`, profileBody({ email: 'eve@example.com' }, { id: ada })),
    await send('PATCH', `/api/profiles/${ada}`, profileBody({ email: 'ada.new@example.com' }, { id: ada })),
  ];
  const found = await send('GET', `${PATHS.profiles}?filter=equals(email,"ada@example.com")`);
  expect([replies.flatMap(errorsOf), replies[3]?.status, found.body.data]).toEqual([
    ['400 invalid /data/id', '404 not_found /data/', '409 duplicate_profile /data/attributes'],
    200,
    [],
  ]);
});

describe('a bulk import', () => {
  test('reports bad addresses as import errors where they do not refuse the request', async () => {
    const { send } = createTestEmulator({ assume: { bulkImportInvalid: 'job' } });
    const people = [{ email: 'ada@example.com' }, { email: 'nobody' }, { phone_number: '12' }];
    const { body } = await send('POST', PATHS.bulkImport, importBody(people));
    const path = `${PATHS.bulkImport}/${body.data.id}`;
    const job = (await send('GET', path)).body.data.attributes;
    const errors = (await send('GET', `${path}/import-errors`)).body.data;
    expect([
      [job.total_count, job.completed_count, job.failed_count],
      errors.map(({ attributes }: { attributes: { source: { pointer: string } } }) => attributes.source.pointer),
    ]).toEqual([
      [3, 1, 2],
      ['/data/attributes/profiles/data/1/attributes/email', '/data/attributes/profiles/data/2/attributes/phone_number'],
    ]);
  });

  test('can be read for a week', async () => {
    const { send, emulator } = createTestEmulator();
    const { body } = await send('POST', PATHS.bulkImport, importBody([{ email: 'ada@example.com' }]));
    const statuses = [];
    for (const days of [6, 1]) {
      emulator.clock.advance(days * 86_400_000);
      statuses.push((await send('GET', `${PATHS.bulkImport}/${body.data.id}`)).status);
    }
    expect(statuses).toEqual([200, 404]);
  });
});

describe('lists', () => {
  test('members are read newest first, by the time they joined', async () => {
    const { send, emulator } = await withThree();
    const path = '/api/lists/DEMO01/relationships/profiles';
    for (const { id } of emulator.state().profiles) {
      await send('POST', path, memberBody([id]));
      emulator.clock.advance(60_000);
    }
    const all = await send('GET', '/api/lists/DEMO01/profiles');
    const filter = encodeURIComponent('greater-than(joined_group_at,2026-11-02T09:01:00Z)');
    const late = await send('GET', `/api/lists/DEMO01/profiles?filter=${filter}`);
    expect([emailsOf(all), emailsOf(late)]).toEqual([
      ['eve@example.com', 'bob+shop@example.com', 'ada@example.com'],
      ['eve@example.com', 'bob+shop@example.com'],
    ]);
  });

  test('a new list is double opt-in unless it says otherwise, and a deleted one is gone', async () => {
    const { send } = createTestEmulator();
    const { body } = await send('POST', PATHS.lists, listBody('VIP'));
    const path = `${PATHS.lists}/${body.data.id}`;
    const statuses = [(await send('DELETE', path)).status, (await send('GET', path)).status];
    expect([body.data.attributes.opt_in_process, statuses]).toEqual(['double_opt_in', [204, 404]]);
  });

  test('only ten lists come on a page', async () => {
    const { send } = createTestEmulator();
    for (let i = 0; i < 11; i++) await send('POST', PATHS.lists, listBody(`List ${i}`));
    const first = await send('GET', PATHS.lists);
    const tooMany = await send('GET', `${PATHS.lists}?page[size]=11`);
    expect([first.body.data.length, typeof first.body.links.next, errorsOf(tooMany)]).toEqual([
      10,
      'string',
      ['400 invalid page[size]'],
    ]);
  });
});

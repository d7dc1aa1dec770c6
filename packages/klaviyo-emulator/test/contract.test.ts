import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../src/operations.ts';
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
import { createTestEmulator, type Reply, START_MS } from './support/createTestEmulator.ts';
import { type Contract, loadContract, OPERATION_NAMES } from './support/loadContract.ts';

const contract = loadContract();

describe.skipIf(contract === undefined)('against the OpenAPI document', () => {
  test('every operation has the method and path of the document', () => {
    const expected = OPERATION_NAMES.map((name) => `${OPERATIONS[name].method} ${OPERATIONS[name].path}`);
    expect(OPERATION_NAMES.map((name) => contract?.place(name))).toEqual(expected);
  });

  test('a wrong request and a wrong answer are noticed', () => {
    const noticed = [contract?.request('create_event', { data: {} }), contract?.answer('get_event', 200, { data: {} })];
    expect(noticed.map((problems) => (problems ?? []).length > 0)).toEqual([true, true]);
  });

  test('every request the emulator takes and every answer it gives is valid by the document', async () => {
    const { seen, problems } = await visitEverything(contract);
    const unvisited = OPERATION_NAMES.filter((name) => !seen.has(name));
    expect({ problems, unvisited }).toEqual({ problems: [], unvisited: [] });
  });

  test('every kind of error has the shape of the document', async () => {
    const { send, emulator } = createTestEmulator();
    const replies: [string, Reply][] = [
      ['401', await send('GET', PATHS.lists, undefined, { authorization: 'Klaviyo-API-Key pk_wrong' })],
      ['400 body', await send('POST', PATHS.event, { data: {} })],
      ['400 parameter', await send('GET', `${PATHS.profiles}?filter=nonsense`)],
      ['404', await send('GET', '/api/profiles/none')],
      ['405', await send('DELETE', PATHS.event)],
      ['415', await send('POST', PATHS.event, 'x', { 'content-type': 'text/plain' })],
    ];
    await send('POST', PATHS.profiles, profileBody({ email: 'a@example.com' }));
    replies.push(['409', await send('POST', PATHS.profiles, profileBody({ email: 'a@example.com' }))]);
    emulator.faults.replace([{ status: 429 }, { status: 503 }]);
    replies.push(['429', await send('GET', PATHS.lists)], ['503', await send('GET', PATHS.lists)]);
    const wrong = replies.flatMap(([name, reply]) => contract?.answer(name, reply.status, reply.body) ?? []);
    expect([replies.map(([, { status }]) => status), wrong]).toEqual([
      [401, 400, 400, 404, 405, 415, 409, 429, 503],
      [],
    ]);
  });
});

/** Calls each operation at least once, successfully, and collects what the document would object to. */
async function visitEverything(rules: Contract | undefined) {
  const { send, emulator } = createTestEmulator();
  const seen = new Set<string>();
  const problems: string[] = [];
  async function visit(method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await send(method, path, body);
    const operation = emulator.requests().at(-1)?.operation ?? 'none';
    seen.add(operation);
    if (reply.status >= 300) problems.push(`${operation} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    if (body !== undefined) problems.push(...(rules?.request(operation, body) ?? []));
    problems.push(...(rules?.answer(operation, reply.status, reply.body) ?? []));
    return reply;
  }

  await visit('GET', '/api/accounts');
  await visit('GET', '/api/accounts/EMULAT');

  const time = new Date(START_MS).toISOString();
  const full = { time, value: 12.5, value_currency: 'EUR', unique_id: 'o1', backfill: false };
  const inside = {
    email: 'ada@example.com',
    anonymous_id: 'anon',
    meta: { patch_properties: { append: { tags: 'x' } } },
  };
  await visit('POST', PATHS.event, eventBody({ ...full, profile: inside }));
  const groups = [
    { events: [full, { metric: 'Placed Order', unique_id: 'o2' }], group: { backfill: true } },
    { profile: { phone_number: '+15005550006' }, events: [{}] },
  ];
  await visit('POST', PATHS.bulkEvents, bulkEventsBody(groups));
  const events = await visit('GET', `${PATHS.event}?include=metric,profile&page[size]=1`);
  await visit('GET', `/api/events/${events.body.data[0].id}?include=metric`);
  const metrics = await visit('GET', '/api/metrics');
  await visit('GET', `/api/metrics/${metrics.body.data[0].id}`);

  const created = await visit(
    'POST',
    PATHS.profiles,
    profileBody({ email: 'bob@example.com', location: { city: 'Graz' } }),
  );
  const bob = created.body.data.id;
  const meta = { meta: { patch_properties: { unset: 'none' } } };
  await visit('PATCH', `/api/profiles/${bob}`, profileBody({ title: 'Dr' }, { id: bob, ...meta }));
  const imported = await visit('POST', PATHS.profileImport, profileBody({ email: 'eve@example.com' }, meta));
  await visit('POST', PATHS.profileImport, profileBody({ email: 'eve@example.com', first_name: null }));
  const subscriptions = 'additional-fields[profile]=subscriptions';

  const list = await visit('POST', PATHS.lists, listBody('VIP', 'single_opt_in'));
  const listPath = `/api/lists/${list.body.data.id}`;
  await visit('PATCH', listPath, { data: { type: 'list', id: list.body.data.id, attributes: { name: 'Gold' } } });
  await visit('GET', PATHS.lists);
  await visit('GET', `${listPath}?additional-fields[list]=profile_count`);
  await visit('POST', `${listPath}/relationships/profiles`, memberBody([bob]));
  await visit('GET', `${listPath}/profiles?${subscriptions}`);
  await visit('GET', `${listPath}/relationships/profiles`);
  await visit('GET', `/api/profiles/${bob}/lists`);
  await visit('GET', `/api/profiles/${bob}/relationships/lists`);
  await visit('DELETE', `${listPath}/relationships/profiles`, memberBody([bob]));

  await visit(
    'POST',
    PATHS.subscribe,
    subscribeBody({
      list: 'DEMO01',
      custom_source: 'Footer',
      profiles: [byEmail('bob@example.com', 'SUBSCRIBED'), bySms('+15005550006', 'SUBSCRIBED')],
    }),
  );
  await visit(
    'POST',
    PATHS.unsubscribe,
    unsubscribeBody({
      list: 'DEMO01',
      profiles: [byEmail('bob@example.com', 'UNSUBSCRIBED'), byEmail('eve@example.com', 'UNSUBSCRIBED')],
    }),
  );
  for (const [path, kind] of [
    [PATHS.suppress, 'profile-suppression-bulk-create-job'],
    [PATHS.unsuppress, 'profile-suppression-bulk-delete-job'],
  ]) {
    const profiles = { data: [{ type: 'profile', attributes: { email: 'sue@example.com' } }] };
    const job = await visit('POST', path ?? '', { data: { type: kind, attributes: { profiles } } });
    await visit('GET', `${path}/${job.body.data.id}`);
  }
  await visit('GET', `${PATHS.profiles}?${subscriptions}&page[size]=2`);
  await visit('GET', `/api/profiles/${bob}?${subscriptions}&include=lists`);

  const twoPeople = { email: 'ada@example.com', phone_number: '+15005550006' };
  const job = await visit('POST', PATHS.bulkImport, importBody([{ email: 'i@example.com' }, twoPeople], 'DEMO01'));
  const jobPath = `${PATHS.bulkImport}/${job.body.data.id}`;
  await visit('GET', jobPath);
  await visit('GET', PATHS.bulkImport);
  const errors = await visit('GET', `${jobPath}/import-errors`);
  if (errors.body.data.length !== 1) problems.push('the conflicting profile of the import is no import error');
  await visit('GET', `${jobPath}/relationships/profiles`);

  const source = imported.body.data.id;
  await visit('POST', PATHS.merge, {
    data: {
      type: 'profile-merge',
      id: bob,
      relationships: { profiles: { data: [{ type: 'profile', id: source }] } },
    },
  });
  await visit('POST', PATHS.deletion, {
    data: {
      type: 'data-privacy-deletion-job',
      attributes: { profile: { data: { type: 'profile', attributes: { email: 'ada@example.com' } } } },
    },
  });
  await visit('DELETE', listPath);
  return { seen, problems };
}

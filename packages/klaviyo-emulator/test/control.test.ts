import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/createEmulator.ts';
import { bulkEventsBody, eventBody, importBody, PATHS } from './support/bodies.ts';
import { createTestEmulator, START_MS } from './support/createTestEmulator.ts';

describe('faults', () => {
  test('hit the named operation as often as they say, and then end', async () => {
    const { send } = createTestEmulator();
    await send('POST', '/__emulator/faults', [{ operation: 'create_event', status: 503, count: 2 }]);
    const statuses = [];
    for (const path of [PATHS.lists, PATHS.event, PATHS.event, PATHS.event])
      statuses.push(
        (await send(path === PATHS.lists ? 'GET' : 'POST', path, path === PATHS.lists ? undefined : eventBody()))
          .status,
      );
    expect(statuses).toEqual([200, 503, 503, 202]);
  });

  test('with count -1 keep Klaviyo down until they are replaced', async () => {
    const { send } = createTestEmulator();
    await send('POST', '/__emulator/faults', { status: 503, count: -1, retryAfterSeconds: 7 });
    const down = [await send('GET', PATHS.lists), await send('GET', PATHS.lists), await send('GET', '/api/accounts')];
    await send('POST', '/__emulator/faults', []);
    const up = await send('GET', PATHS.lists);
    expect([down.map(({ status, headers }) => [status, headers.get('retry-after')]), up.status]).toEqual([
      [
        [503, '7'],
        [503, '7'],
        [503, '7'],
      ],
      200,
    ]);
  });

  test('with after lose the answer and not the effect', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ after: true }]);
    const { status } = await send('POST', PATHS.event, eventBody());
    expect([status, emulator.state().events.length]).toEqual([502, 1]);
  });

  test('with close break the connection', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ close: true }, { close: true, after: true }]);
    const outcomes = [];
    for (const unique_id of ['lost', 'kept'])
      outcomes.push(await send('POST', PATHS.event, eventBody({ unique_id })).catch((error) => error.name));
    expect([outcomes, emulator.state().events.map(({ unique_id }) => unique_id)]).toEqual([
      ['ConnectionClosed', 'ConnectionClosed'],
      ['kept'],
    ]);
  });

  test('with html answer the page of a CDN', async () => {
    const { send, emulator } = createTestEmulator();
    emulator.faults.replace([{ status: 403, html: true }]);
    const { status, headers, body } = await send('GET', PATHS.lists);
    expect([status, headers.get('content-type'), headers.get('cf-mitigated'), body.slice(0, 15)]).toEqual([
      403,
      'text/html; charset=UTF-8',
      'challenge',
      '<!DOCTYPE html>',
    ]);
  });

  test('with delayMs alone answer late and well; skip lets requests pass first', async () => {
    const waits: number[] = [];
    const { send, emulator } = createTestEmulator({ sleep: async (ms) => void waits.push(ms) });
    emulator.faults.replace([{ delayMs: 5000, skip: 1 }]);
    const statuses = [(await send('GET', PATHS.lists)).status, (await send('GET', PATHS.lists)).status];
    expect([statuses, waits]).toEqual([[200, 200], [5000]]);
  });

  test.each([[{ stauts: 500 }], [{ status: '500' }], ['down'], [[null]]])('%j is no fault', async (fault) => {
    const { send } = createTestEmulator();
    expect((await send('POST', '/__emulator/faults', fault)).status).toBe(400);
  });
});

describe('the clock', () => {
  test('is set and advanced over HTTP, and jobs follow it', async () => {
    const { send } = createTestEmulator({ jobStepMs: 1000 });
    const { body } = await send('POST', PATHS.bulkImport, importBody([{ email: 'ada@example.com' }]));
    const status = async () => (await send('GET', `${PATHS.bulkImport}/${body.data.id}`)).body.data.attributes.status;
    const seen = [await status()];
    await send('POST', '/__emulator/clock', { advanceMs: 1000 });
    seen.push(await status());
    const set = await send('POST', '/__emulator/clock', { set: new Date(START_MS + 2000).toISOString() });
    seen.push(await status());
    expect([seen, set.body]).toEqual([
      ['queued', 'processing', 'complete'],
      { now: new Date(START_MS + 2000).toISOString(), frozen: true },
    ]);
  });

  test('follows its source unless frozen', () => {
    let source = 0;
    const { clock } = createEmulator({ clock: { startMs: START_MS, frozen: false, source: () => source } });
    source += 10;
    const running = clock.now();
    clock.freeze(true);
    source += 10;
    clock.advance(5);
    const frozen = clock.now();
    clock.freeze(false);
    source += 10;
    expect([running, frozen, clock.now()].map((ms) => ms - START_MS)).toEqual([10, 15, 25]);
  });

  test('refuses what is no time', async () => {
    const { send } = createTestEmulator();
    expect((await send('POST', '/__emulator/clock', { set: 'tomorrow' })).status).toBe(400);
  });
});

describe('control', () => {
  test('the request log says what was asked and what came of it, and never the key', async () => {
    const { send } = createTestEmulator();
    await send('POST', PATHS.bulkEvents, bulkEventsBody([{ events: [{}, { unique_id: 'x' }] }]));
    await send('POST', PATHS.event, { data: {} });
    await send('GET', '/api/nothing?a=1');
    const { body } = await send('GET', '/__emulator/requests');
    const lines = body.map(({ operation, method, path, status, items }: Record<string, unknown>) =>
      [operation, method, path, status, items].join(' '),
    );
    expect([lines, JSON.stringify(body).includes('pk_emulator_demo')]).toEqual([
      [
        'bulk_create_events POST /api/event-bulk-create-jobs 202 2',
        'create_event POST /api/events 400 1',
        ' GET /api/nothing?a=1 404 0',
      ],
      false,
    ]);
  });

  test('the request log is bounded and can be read from a point on', async () => {
    const { send } = createTestEmulator({ requestLog: { maxEntries: 2, maxBodyBytes: 10 } });
    for (const unique_id of ['1', '2', '3']) await send('POST', PATHS.event, eventBody({ unique_id }));
    const all = await send('GET', '/__emulator/requests');
    const since = await send('GET', '/__emulator/requests?since=2&operation=create_event');
    const show = (reply: typeof all) =>
      reply.body.map(({ id, requestBody }: Record<string, unknown>) => [id, requestBody]);
    expect([show(all), show(since)]).toEqual([
      [
        [2, null],
        [3, null],
      ],
      [[3, null]],
    ]);
  });

  test('of the requests the newest are shown, or one', async () => {
    const { send } = createTestEmulator();
    for (const unique_id of ['1', '2', '3']) await send('POST', PATHS.event, eventBody({ unique_id }));
    const ids = async (query: string) => {
      const { status, body } = await send('GET', `/__emulator/requests?${query}`);
      return status === 200 ? body.map(({ id }: { id: number }) => id) : body.error;
    };
    expect([await ids('limit=2'), await ids('since=1&limit=1'), await ids('id=2'), await ids('limit=0')]).toEqual([
      [2, 3],
      [3],
      [2],
      [],
    ]);
    expect([
      await ids('limit=-1'),
      await ids('since=x'),
      await ids('operation=create_evnt'),
      await ids('last=1'),
    ]).toEqual([
      `'limit' takes a whole number of 0 or more, not "-1".`,
      `'since' takes a whole number of 0 or more, not "x".`,
      `'operation' takes an operation id such as 'create_event', not "create_evnt".`,
      "'last' is unknown: expected one of since, id, limit, operation.",
    ]);
  });

  test('of the bodies in the log the oldest go once they are too much together', async () => {
    const size = JSON.stringify(eventBody({ unique_id: '1' })).length;
    const { send, emulator } = createTestEmulator({ requestLog: { maxBytes: 2 * size } });
    for (const unique_id of ['1', '2', '3']) await send('POST', PATHS.event, eventBody({ unique_id }));
    expect(emulator.requests().map(({ requestBody }) => requestBody !== null)).toEqual([false, true, true]);
  });

  test('limits change while it runs', async () => {
    const { send } = createTestEmulator({ limits: {} });
    await send('POST', '/__emulator/limits', { operations: { get_lists: { burstPerSecond: 1 } } });
    const strict = [(await send('GET', PATHS.lists)).status, (await send('GET', PATHS.lists)).status];
    await send('POST', '/__emulator/limits', { enabled: false });
    expect([strict, (await send('GET', PATHS.lists)).status]).toEqual([[200, 429], 200]);
  });

  test('reset brings back the beginning', async () => {
    const { send, emulator } = createTestEmulator();
    await send('POST', PATHS.event, eventBody());
    emulator.faults.replace([{ count: -1 }]);
    await send('POST', '/__emulator/reset');
    const { profiles, events, lists } = emulator.state();
    expect([
      profiles,
      events,
      lists.map(({ id }) => id),
      emulator.requests(),
      (await send('GET', PATHS.lists)).status,
    ]).toEqual([[], [], ['DEMO01'], [], 200]);
  });

  test('a page from elsewhere may neither read nor steer', async () => {
    const { send } = createTestEmulator();
    const origin = { origin: 'https://elsewhere.example.com' };
    const replies = [
      await send('GET', '/__emulator/state', undefined, origin),
      await send('POST', '/__emulator/reset', {}, origin),
    ];
    expect(replies.map(({ status }) => status)).toEqual([403, 403]);
  });

  test('the state over HTTP is the state in process', async () => {
    const { send, emulator } = createTestEmulator();
    await send('POST', PATHS.event, eventBody());
    expect((await send('GET', '/__emulator/state')).body).toEqual(JSON.parse(JSON.stringify(emulator.state())));
  });

  test('a snapshot carries on, with work that was still pending', async () => {
    const first = createTestEmulator({ visibilityDelayMs: 500 });
    await first.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
    first.emulator.clock.advance(500);
    first.emulator.state();
    await first.send('POST', PATHS.event, eventBody({ unique_id: 'o2' }));
    const snapshot = JSON.parse(JSON.stringify(first.emulator.snapshot()));
    const second = createTestEmulator({ snapshot, clock: { startMs: START_MS + 5000 } });
    await second.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
    const { events, profiles } = second.emulator.state();
    expect([events.map(({ unique_id }) => unique_id), profiles.length]).toEqual([['o1', 'o2'], 1]);
  });

  test('a snapshot of another version is refused with the reason', () => {
    expect(() => createEmulator({ snapshot: { version: 99 } })).toThrow(/version 99, expected 3/);
  });
});

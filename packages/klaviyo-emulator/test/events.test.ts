import { describe, expect, test } from 'vitest';
import { bulkEventsBody, eventBody, PATHS } from './support/bodies.ts';
import { createTestEmulator, errorsOf, START_MS, type TestEmulator } from './support/createTestEmulator.ts';

const stored = ({ emulator }: TestEmulator) =>
  emulator.state().events.map(({ metric, unique_id }) => `${metric} ${unique_id}`);

describe('an accepted event', () => {
  test('becomes visible after the delay, by the emulator clock', async () => {
    const { send, emulator } = createTestEmulator({ visibilityDelayMs: 500 });
    const { status } = await send('POST', PATHS.event, eventBody());
    const counts = [emulator.state().events.length];
    emulator.clock.advance(499);
    counts.push(emulator.state().events.length);
    emulator.clock.advance(1);
    counts.push(emulator.state().events.length);
    expect([status, counts]).toEqual([202, [0, 0, 1]]);
  });

  test('keeps its time in whole seconds, and the time of receipt where it has none', async () => {
    const { send, emulator } = createTestEmulator();
    await send('POST', PATHS.event, eventBody({ time: '2026-10-01T12:00:00.999+02:00' }));
    await send('POST', PATHS.event, eventBody());
    expect(emulator.state().events.map(({ time }) => time)).toEqual([
      '2026-10-01T10:00:00+00:00',
      new Date(START_MS).toISOString().replace('.000Z', '+00:00'),
    ]);
  });

  test('loses properties that are 0, null or empty, and keeps those inside items', async () => {
    const { send, emulator } = createTestEmulator();
    const properties = { zero: 0, nothing: null, empty: '', no: false, items: [{ zero: 0 }] };
    await send('POST', PATHS.event, eventBody({ properties }));
    expect(emulator.state().events[0]?.properties).toEqual({ no: false, items: [{ zero: 0 }] });
  });

  test('counts as 0 without a value once its metric has had values', async () => {
    const { send, emulator } = createTestEmulator();
    await send('POST', PATHS.event, eventBody({ unique_id: 'a' }));
    await send('POST', PATHS.event, eventBody({ unique_id: 'b', value: 5 }));
    await send('POST', PATHS.event, eventBody({ unique_id: 'c' }));
    expect(emulator.state().events.map(({ value }) => value)).toEqual([null, 5, 0]);
  });

  test('takes backfill from its group unless it says otherwise itself', async () => {
    const { send, emulator } = createTestEmulator();
    const events = [{ unique_id: 'a' }, { unique_id: 'b', backfill: false }];
    await send('POST', PATHS.bulkEvents, bulkEventsBody([{ group: { backfill: true }, events }]));
    expect(emulator.state().events.map(({ backfill }) => backfill)).toEqual([true, false]);
  });

  test('is lost where its profile id exists nowhere, though the e-mail beside it is good', async () => {
    const { send, emulator } = createTestEmulator();
    const reply = await send('POST', PATHS.event, eventBody({ profileRest: { id: 'nobody' } }));
    const { events, dropped } = emulator.state();
    expect([reply.status, events, dropped.map(({ reason }) => reason)]).toEqual([202, [], ['unknown_profile_id']]);
  });

  test('is lost at example.com where reserved domains are dropped', async () => {
    const { send, emulator } = createTestEmulator({ dropReservedDomains: true });
    const { status } = await send('POST', PATHS.event, eventBody());
    expect([status, emulator.state().events]).toEqual([202, []]);
  });
});

describe('a repeated event', () => {
  test('counts once for the same profile, metric and unique_id; the first wins', async () => {
    const emulator = createTestEmulator();
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1', value: 1 }));
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1', value: 2 }));
    await emulator.send('POST', PATHS.bulkEvents, bulkEventsBody([{ events: [{ unique_id: 'o1', value: 3 }] }]));
    expect(emulator.emulator.state().events.map(({ value }) => value)).toEqual([1]);
  });

  test('counts again for another metric or another profile', async () => {
    const emulator = createTestEmulator();
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1', metric: 'Placed Order' }));
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1', profile: { email: 'bob@example.com' } }));
    expect(stored(emulator)).toEqual(['Viewed Product o1', 'Placed Order o1', 'Viewed Product o1']);
  });

  test('without a unique_id counts once a second', async () => {
    const emulator = createTestEmulator();
    await emulator.send('POST', PATHS.event, eventBody());
    await emulator.send('POST', PATHS.event, eventBody());
    emulator.emulator.clock.advance(1000);
    await emulator.send('POST', PATHS.event, eventBody());
    expect(stored(emulator)).toHaveLength(2);
  });

  test('in one bulk request is discarded by default', async () => {
    const emulator = createTestEmulator();
    const events = [{ unique_id: 'o1' }, { unique_id: 'o1' }, { unique_id: 'o2' }];
    const { status } = await emulator.send('POST', PATHS.bulkEvents, bulkEventsBody([{ events }]));
    expect([status, stored(emulator)]).toEqual([202, ['Viewed Product o1', 'Viewed Product o2']]);
  });

  test('in one bulk request refuses all of it where bulkDuplicates is reject', async () => {
    const emulator = createTestEmulator({ assume: { bulkDuplicates: 'reject' } });
    const groups = [{ events: [{ unique_id: 'o1' }] }, { events: [{ unique_id: 'o2' }, { unique_id: 'o1' }] }];
    const reply = await emulator.send('POST', PATHS.bulkEvents, bulkEventsBody(groups));
    const pointer = '/data/attributes/events-bulk-create/data/1/attributes/events/data/1/attributes/unique_id';
    expect([errorsOf(reply), stored(emulator)]).toEqual([[`400 invalid ${pointer}`], []]);
  });

  test('of an earlier request refuses the bulk request too where bulkDuplicates is reject', async () => {
    const emulator = createTestEmulator({ assume: { bulkDuplicates: 'reject' } });
    await emulator.send('POST', PATHS.event, eventBody({ unique_id: 'o1' }));
    const groups = [{ events: [{ unique_id: 'o2' }, { unique_id: 'o1' }] }];
    const reply = await emulator.send('POST', PATHS.bulkEvents, bulkEventsBody(groups));
    expect([reply.status, stored(emulator)]).toEqual([400, ['Viewed Product o1']]);
  });
});

describe('reading events', () => {
  async function withThree() {
    const emulator = createTestEmulator();
    for (const [day, metric] of [
      [1, 'A'],
      [2, 'B'],
      [3, 'A'],
    ])
      await emulator.send(
        'POST',
        PATHS.event,
        eventBody({ time: `2026-10-0${day}T00:00:00Z`, metric: String(metric) }),
      );
    return emulator;
  }

  test('filters by profile, metric and time', async () => {
    const { send, emulator } = await withThree();
    const [metric] = emulator.state().metrics;
    const [profile] = emulator.state().profiles;
    const filter = `equals(metric_id,"${metric?.id}"),equals(profile_id,"${profile?.id}"),greater-than(datetime,2026-10-01T00:00:00Z)`;
    const { body } = await send('GET', `${PATHS.event}?filter=${encodeURIComponent(filter)}`);
    expect(body.data.map((event: { attributes: { datetime: string } }) => event.attributes.datetime)).toEqual([
      '2026-10-03T00:00:00+00:00',
    ]);
  });

  test('pages by cursor in both directions without repeating or missing any', async () => {
    const { send } = await withThree();
    const days: string[] = [];
    let path = `${PATHS.event}?sort=datetime&page[size]=2`;
    const first = await send('GET', path);
    path = first.body.links.next.replace('https://a.klaviyo.com', '');
    const second = await send('GET', path);
    const back = await send('GET', second.body.links.prev.replace('https://a.klaviyo.com', ''));
    for (const { body } of [first, second, back])
      days.push(
        body.data.map((event: { attributes: { datetime: string } }) => event.attributes.datetime.slice(8, 10)).join(),
      );
    expect([days, second.body.links.next, back.body.links.prev]).toEqual([
      ['01,02', '03', '01,02'],
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['an unknown field', 'filter=equals(nope,"x")', 'filter'],
    ['an operator that the field lacks', 'filter=any(metric_id,["x"])', 'filter'],
    ['a filter that cannot be read', 'filter=equals(metric_id', 'filter'],
    ['a page of 1,001', 'page[size]=1001', 'page[size]'],
    ['an unknown sort', 'sort=value', 'sort'],
    ['an unknown relation', 'include=lists', 'include'],
    ['a cursor of its own making', 'page[cursor]=abc', 'page[cursor]'],
  ])('refuses %s', async (_title, query, parameter) => {
    const { send } = createTestEmulator();
    expect(errorsOf(await send('GET', `${PATHS.event}?${query}`))).toEqual([`400 invalid ${parameter}`]);
  });
});

import { errorsOf, type Reply } from '../support/createTestEmulator.ts';
import { BOB, inShop } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const RECORD = 'state/recordEvent.ts';
const KEY = 'state/eventKey.ts';
const DROPS_REPEATS = without(RECORD, 'if (account.index.eventKeys.has(key)) return undefined;');
const reject = { assume: { bulkDuplicates: 'reject' } } as const;
const range = { visibilityDelayMs: { min: 0, max: 1000 } };

/** `error, then what is stored`. */
const refusal = (reply: Reply, stored: unknown[]) => `${errorsOf(reply)}, then ${stored}`;
const UNIQUE_ID = (group: number, event: number) =>
  `400 invalid /data/attributes/events-bulk-create/data/${group}/attributes/events/data/${event}/attributes/unique_id`;

export const REPEAT_RULES: Rule[] = [
  {
    rule: 'an event with the unique_id of a stored one, for the same profile and metric, is dropped, alone and in bulk',
    scene: inShop(async ({ event, bulk, sent }) => {
      for (const value of [1, 2]) await event({ unique_id: 'o1', value });
      await bulk({ events: [{ unique_id: 'o1', value: 3 }] });
      return sent().map(({ value }) => value);
    }),
    seen: [1],
    off: DROPS_REPEATS,
  },
  {
    rule: 'the first event processed wins, which need not be the first one sent',
    scene: inShop(async ({ event, sent, later }) => {
      for (const value of [1, 2]) for (let i = 0; i < 8; i++) await event({ unique_id: String(i), value });
      later(1000);
      return [sent().length, [...new Set(sent().map(({ value }) => value))].sort()];
    }, range),
    seen: [8, [1, 2]],
    off: without(
      'state/tasks.ts',
      'world.tasks.findLastIndex((task) => task.dueMs <= dueMs) + 1',
      'world.tasks.length',
    ),
  },
  {
    rule: 'the same unique_id counts again for another profile',
    scene: inShop(async ({ event, ids }) => {
      await event({ unique_id: 'o1' });
      await event({ unique_id: 'o1', profile: { email: BOB } });
      return ids();
    }),
    seen: ['o1', 'o1'],
    off: without(KEY, 'event.profileId', "''"),
  },
  {
    rule: 'the same unique_id counts again for another metric',
    scene: inShop(async ({ event, sent }) => {
      for (const metric of ['Viewed Product', 'Placed Order']) await event({ unique_id: 'o1', metric });
      return sent().map(({ metric }) => metric);
    }),
    seen: ['Viewed Product', 'Placed Order'],
    off: without(KEY, 'event.metricId', "''"),
  },
  {
    rule: 'a metric of the same name and another service is another metric',
    scene: inShop(async ({ send, emulator }) => {
      const metric = (service: string) => ({ data: { type: 'metric', attributes: { name: 'Placed Order', service } } });
      const profile = { data: { type: 'profile', attributes: { email: BOB } } };
      for (const service of ['shop', 'till']) {
        const attributes = { properties: {}, unique_id: 'o1', metric: metric(service), profile };
        await send('POST', '/api/events', { data: { type: 'event', attributes } });
      }
      return emulator.state().metrics.map(({ name, service }) => `${name} of ${service}`);
    }),
    seen: ['Placed Order of shop', 'Placed Order of till'],
    off: without('state/findOrCreateMetric.ts', 'JSON.stringify([service || null, name])', 'name'),
  },
  {
    rule: 'a metric is not confused with one whose name and service read the same when put together',
    scene: inShop(async ({ send, emulator }) => {
      const profile = { data: { type: 'profile', attributes: { email: BOB } } };
      const names = [
        { service: 'a', name: 'b/c' },
        { service: 'a/b', name: 'c' },
      ];
      for (const attributes of names) {
        const metric = { data: { type: 'metric', attributes } };
        await send('POST', '/api/events', { data: { type: 'event', attributes: { properties: {}, metric, profile } } });
      }
      return emulator.state().metrics.map(({ name, service }) => `${name} of ${service}`);
    }),
    seen: ['b/c of a', 'c of a/b'],
    off: without('state/findOrCreateMetric.ts', 'JSON.stringify([service || null, name])', "[service, name].join('/')"),
  },
  {
    rule: 'a unique_id that looks like a time is not the event of that second without one',
    scene: inShop(async ({ event, ids }) => {
      const time = '2026-10-01T00:00:00Z';
      await event({ time });
      for (const sign of ['', '@']) await event({ time, unique_id: `${sign}${Date.parse(time) / 1000}` });
      return ids();
    }),
    seen: [null, '1790812800', '@1790812800'],
    off: without(
      KEY,
      'event.uniqueId ?? event.timeMs / SECOND_MS',
      'String(event.uniqueId ?? event.timeMs / SECOND_MS)',
    ),
  },
  {
    rule: 'without a unique_id one event counts for a profile, metric and second',
    scene: inShop(async ({ event, sent }) => {
      for (const second of ['05.100', '05.900', '06.000']) await event({ time: `2026-10-01T00:00:${second}Z` });
      return sent().map(({ time }) => time.slice(17, 19));
    }),
    seen: ['05', '06'],
    off: without(KEY, 'event.timeMs / SECOND_MS', 'crypto.randomUUID()'),
  },
  {
    rule: 'a repeat inside one bulk request is discarded, and the rest of it counts',
    scene: inShop(async ({ bulk, sent }) => {
      const value = (unique_id: string, value: number) => ({ unique_id, value });
      const { status } = await bulk({ events: [value('o1', 1), value('o1', 2), value('o2', 3)] });
      return [status, ...sent().map(({ value }) => value)];
    }),
    seen: [202, 1, 3],
    off: DROPS_REPEATS,
  },
  {
    rule: 'a bulk request with repeats is accepted unless bulkDuplicates says otherwise',
    scene: inShop(async ({ bulk, ids }) => {
      const { status } = await bulk({ events: [{ unique_id: 'o1' }, { unique_id: 'o1' }] });
      return [status, ...ids()];
    }),
    seen: [202, 'o1'],
    off: without('assumptions.ts', "bulkDuplicates: 'discard',", "bulkDuplicates: 'reject',"),
  },
  {
    rule: 'with bulkDuplicates reject a repeat fails the whole request, by its pointer, and nothing is processed',
    scene: inShop(async ({ bulk, ids }) => {
      const reply = await bulk(
        { events: [{ unique_id: 'o1' }] },
        { events: [{ unique_id: 'o2' }, { unique_id: 'o1' }] },
      );
      return refusal(reply, ids());
    }, reject),
    seen: `${UNIQUE_ID(1, 1)}, then `,
    off: without('routes/events/takeGroups.ts', "world.settings.assume.bulkDuplicates === 'reject'", 'false'),
  },
  {
    rule: 'with bulkDuplicates reject a unique_id stored earlier fails the request too',
    scene: inShop(async ({ event, bulk, ids }) => {
      await event({ unique_id: 'o1' });
      return refusal(await bulk({ events: [{ unique_id: 'o2' }, { unique_id: 'o1' }] }), ids());
    }, reject),
    seen: `${UNIQUE_ID(0, 1)}, then o1`,
    off: without('routes/events/findRepeats.ts', ' || account.index.eventKeys.has(key)'),
  },
  {
    rule: 'with bulkDuplicates reject an e-mail in another case is the same profile',
    scene: inShop(async ({ bulk }) => {
      const groups = ['Ada@Example.com', 'ada@example.com'].map((email) => ({
        profile: { email },
        events: [{ unique_id: 'o1' }],
      }));
      return errorsOf(await bulk(...groups));
    }, reject),
    seen: [UNIQUE_ID(1, 0)],
    off: without('routes/events/findRepeats.ts', "name === 'email' ? normalEmail(value) : value", 'value'),
  },
  {
    rule: 'with bulkDuplicates reject events without a unique_id are no repeats',
    scene: inShop(async ({ bulk, ids }) => [(await bulk({ events: [{}, {}] })).status, ...ids()], reject),
    seen: [202, null],
    off: without('routes/events/findRepeats.ts', 'if (!event.unique_id) return [];'),
  },
];

import { START_MS } from '../support/createTestEmulator.ts';
import { BOB, inShop, shopOf } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const RECORD = 'state/recordEvent.ts';
const RUN = 'state/runEventsTask.ts';
const range = { visibilityDelayMs: { min: 0, max: 1000 } };

const visibility: Rule[] = [
  {
    rule: 'an event answered 202 becomes visible after the delay, by the clock',
    scene: inShop(
      async ({ event, sent, later }) => {
        const seen = [(await event()).status, sent().length];
        for (const ms of [499, 1]) {
          later(ms);
          seen.push(sent().length);
        }
        return seen;
      },
      { visibilityDelayMs: 500 },
    ),
    seen: [202, 0, 0, 1],
    off: without('state/tasks.ts', 'nowMs + min + ', 'nowMs + '),
  },
  {
    rule: 'bulk events answered 202 become visible after the delay too',
    scene: inShop(
      async ({ bulk, sent, later }) => {
        const { status } = await bulk({ events: [{ unique_id: 'a' }, { unique_id: 'b' }] });
        const before = sent().length;
        later(500);
        return [status, before, sent().length];
      },
      { visibilityDelayMs: 500 },
    ),
    seen: [202, 0, 2],
    off: without('routes/events/takeGroups.ts', 'const dueMs = visibleAt(world, nowMs);', 'const dueMs = nowMs;'),
  },
  {
    rule: 'within a range of delays a later request may be visible earlier',
    scene: inShop(async ({ event, ids, later }) => {
      for (const unique_id of ['1', '2', '3', '4', '5']) await event({ unique_id });
      const overtaken = [];
      for (let ms = 0; ms < 1000; ms += 10) {
        later(10);
        const visible = ids().map(Number);
        overtaken.push(Math.max(0, ...visible) > visible.length);
      }
      return { overtaken: overtaken.includes(true), stored: ids().length };
    }, range),
    seen: { overtaken: true, stored: 5 },
    off: without('state/tasks.ts', 'max > min ?', 'false ?'),
  },
  {
    rule: 'the order of visibility is that of the seed',
    async scene(open) {
      const orders = [];
      for (const seed of ['one', 'one', 'two']) {
        const { event, ids, later } = shopOf(open({ ...range, seed }));
        for (let i = 0; i < 8; i++) await event({ unique_id: String(i) });
        later(1000);
        orders.push(ids().join());
      }
      return [orders[0] === orders[1], orders[0] === orders[2]];
    },
    seen: [true, false],
    off: without('state/tasks.ts', 'world.settings.seed', "''"),
  },
];

const ignored: Rule[] = [
  ['0', 0, 'value === 0 || '],
  ['null', null, 'value === null || '],
  ['an empty text', '', " || value === ''"],
].map(([name, nothing, text]) => ({
  rule: `an event property of ${name} is ignored as if never set`,
  scene: inShop(async ({ event, sent }) => {
    await event({ properties: { nothing, brand: 'Boot Co' } });
    return sent().map(({ properties }) => properties);
  }),
  seen: [{ brand: 'Boot Co' }],
  off: without(RECORD, String(text)),
}));

const contents: Rule[] = [
  {
    rule: 'an event property of false is kept, and so is a 0 inside an item',
    scene: inShop(async ({ event, sent }) => {
      await event({ properties: { gift: false, items: [{ price: 0 }] } });
      return sent().map(({ properties }) => properties);
    }),
    seen: [{ gift: false, items: [{ price: 0 }] }],
    off: without(RECORD, '=> value === 0', '=> !value'),
  },
  {
    rule: 'profile properties of 0 and empty text are kept, those of an event too',
    scene: inShop(async ({ event, upsert, find }) => {
      await upsert({ email: BOB, properties: { points: 0 } });
      await event({ profile: { email: BOB, properties: { note: '' } } });
      return find(BOB)?.properties;
    }),
    seen: { points: 0, note: '' },
    off: without('state/withoutNulls.ts', 'value !== null && ', "value !== null && value !== 0 && value !== '' && "),
  },
  {
    rule: 'a missing value counts as 0 once the metric had a value',
    scene: inShop(async ({ event, sent }) => {
      for (const more of [{}, { value: 5 }, {}, { value: null }])
        await event({ unique_id: String(sent().length), ...more });
      return sent().map(({ value }) => value);
    }),
    seen: [null, 5, 0, 0],
    off: without(RECORD, '(metric.hasValues ? 0 : null)', 'null'),
  },
  {
    rule: 'a missing value stays missing while only other metrics had values',
    scene: inShop(async ({ event, sent }) => {
      await event({ metric: 'Placed Order', value: 5 });
      await event();
      return sent().map(({ value }) => value);
    }),
    seen: [5, null],
    off: without(RECORD, 'metric.hasValues ? 0 : null', '0'),
  },
  {
    rule: 'the time of an event is cut to whole seconds',
    scene: inShop(async ({ event, sent }) => {
      await event({ time: '2026-10-01T12:00:00.999+02:00' });
      return sent().map(({ time }) => time);
    }),
    seen: ['2026-10-01T10:00:00+00:00'],
    off: without(RECORD, 'Math.floor(timeMs / SECOND_MS) * SECOND_MS', 'timeMs'),
  },
  {
    rule: 'a time without a zone is UTC, wherever the emulator runs',
    scene: inShop(async ({ event, sent }) => {
      await event({ time: '2026-10-01T12:00:00' });
      return sent().map(({ time }) => time);
    }),
    seen: ['2026-10-01T12:00:00+00:00'],
    off: without('validate/time.ts', '!ZONE.test(value)', 'false'),
  },
  {
    rule: 'an event without a time has that of its receipt, not of its visibility',
    scene: inShop(
      async ({ event, sent, later }) => {
        await event();
        later(90_000);
        return sent().map(({ time }) => Date.parse(time) - START_MS);
      },
      { visibilityDelayMs: 90_000 },
    ),
    seen: [0],
    off: without('routes/events/createEvent.ts', 'receivedMs: nowMs', 'receivedMs: dueMs'),
  },
  {
    rule: 'backfill of a bulk group holds for its events',
    scene: inShop(async ({ bulk, sent }) => {
      await bulk({ group: { backfill: true }, events: [{}] }, { profile: { email: BOB }, events: [{}] });
      return sent().map(({ backfill }) => backfill);
    }),
    seen: [true, false],
    off: without(RECORD, 'event.backfill ?? request.backfill', 'event.backfill ?? false'),
  },
  {
    rule: 'backfill of an event overrides that of its group',
    scene: inShop(async ({ bulk, sent }) => {
      const events = [true, false].map((backfill) => ({ unique_id: String(backfill), backfill }));
      await bulk({ group: { backfill: true }, events }, { profile: { email: BOB }, events });
      return sent().map(({ backfill }) => backfill);
    }),
    seen: [true, false, true, false],
    off: without(RECORD, 'event.backfill ?? request.backfill', 'request.backfill'),
  },
  {
    rule: 'an event writes the attributes of its profile, and takes meta among them',
    scene: inShop(async ({ event, find }) => {
      const meta = { patch_properties: { append: { tags: 'new' } } };
      await event({ profile: { email: BOB, first_name: 'Bob', meta } });
      return [find(BOB)?.attributes, find(BOB)?.properties];
    }),
    seen: [{ first_name: 'Bob' }, { tags: ['new'] }],
    off: without(RUN, 'data.meta ?? about.meta', 'data.meta'),
  },
  {
    rule: 'bulk events take meta beside the attributes of their profile',
    scene: inShop(async ({ bulk, find }) => {
      const meta = { patch_properties: { append: { tags: 'new' } } };
      await bulk({ profile: { email: BOB }, profileRest: { meta }, events: [{}] });
      return find(BOB)?.properties;
    }),
    seen: { tags: ['new'] },
    off: without(RUN, 'data.meta ?? about.meta', 'about.meta'),
  },
];

const lost: Rule[] = [
  {
    rule: 'an unknown profile id loses the event, though the e-mail beside it is good',
    scene: inShop(async ({ event, sent, emulator }) => {
      const { status } = await event({ profileRest: { id: 'nobody' } });
      return [status, sent(), emulator.state().dropped.map(({ reason }) => reason)];
    }),
    seen: [202, [], ['unknown_profile_id']],
    off: without(
      'state/resolveForEvent.ts',
      'if (identifiers.id && !account.profiles.has(identifiers.id)) return undefined;',
    ),
  },
  {
    rule: 'with dropReservedDomains an event for an address at example.com is lost after its 202',
    scene: inShop(
      async ({ event, people }) => {
        const { status } = await event({ unique_id: 'lost', profile: { email: 'Ada@Example.com' } });
        await event({ unique_id: 'kept', profile: { email: 'ada@shop.example.com' } });
        return [status, ...people()];
      },
      { dropReservedDomains: true },
    ),
    seen: [202, 'ada@shop.example.com|-|-|-: kept'],
    off: without(RUN, 'losesReserved(world, account, { ...noted, email: about.email, detail })', 'false'),
  },
  {
    rule: 'addresses at example.com are kept unless dropReservedDomains says otherwise',
    scene: inShop(async ({ event, sent }) => [(await event()).status, sent().length]),
    seen: [202, 1],
    off: without('options.ts', 'options.dropReservedDomains ?? false', 'options.dropReservedDomains ?? true'),
  },
];

export const EVENT_RULES: Rule[] = [...visibility, ...ignored, ...contents, ...lost];

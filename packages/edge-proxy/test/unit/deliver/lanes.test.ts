import { isJsonObject } from '@sluice/shared';
import { describe, expect, it } from 'vitest';
import { LANES, laneOf } from '../../../src/deliver/lanes/index.ts';
import type { StoredItem } from '../../../src/deliver/storedItem.ts';
import type {
  BulkCreateEvents,
  BulkImportProfiles,
  BulkSubscribeProfiles,
  RequestProfileDeletion,
} from '../../../src/klaviyo/wire.ts';
import { delivery } from './support/delivery.ts';
import {
  eraseItem,
  memberItem,
  profileItem,
  receivedAtMs,
  singleItem,
  storedEvent,
  subscribeItem,
  unsubscribeItem,
} from './support/items.ts';

const context = { nowMs: receivedAtMs, delivery };

const bodyOf = (lane: StoredItem['lane'], items: readonly StoredItem[]) =>
  JSON.parse(laneOf(lane).build(items, context));

/** Every pointer that a body allows, root to leaf. */
function pointersOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, child]) => pointersOf(child, `${at}/${key}`))];
}

function valueAt(body: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

/** Words that stand in one item alone, so that what a pointer points at tells whose it is. */
const marks = (value: unknown): string[] => [...new Set(JSON.stringify(value ?? null).match(/mark-\d+/g) ?? [])].sort();

/** The marks of the items that a lane finds for a pointer. */
const located = (lane: string, pointer: string, items: readonly StoredItem[]) =>
  [
    ...new Set(
      laneOf(lane as StoredItem['lane'])
        .locator(items)(pointer)
        .flatMap((index) => marks(items[index])),
    ),
  ].sort();

const events = [
  storedEvent('mark-0', { who: { email: 'a@example.com' } }),
  storedEvent('mark-1', { who: { email: 'b@example.com' } }),
  storedEvent('mark-2', { who: { email: 'a@example.com' } }),
  storedEvent('mark-3', { who: { anonymous_id: 'anon-1' } }),
  storedEvent('mark-4', { who: { email: 'b@example.com' } }),
];
const profiles = [
  profileItem('p0', { who: { email: 'a@example.com' }, attributes: { properties: { one: 'mark-0' } } }),
  profileItem('p1', { who: { email: 'b@example.com' }, attributes: { properties: { two: 'mark-1' } } }),
  profileItem('p2', { who: { email: 'a@example.com' }, attributes: { properties: { three: 'mark-2' } } }),
];
const subscriptions = ['mark-0', 'mark-1', 'mark-2'].map((mark) =>
  subscribeItem('s', { who: { email: `${mark}@example.com` } }),
);

const optOuts = ['mark-0', 'mark-1'].map((mark) => unsubscribeItem('u', { who: { email: `${mark}@example.com` } }));
const additions = ['mark-0', 'mark-1', 'mark-0'].map((mark) =>
  memberItem('a', { who: { email: `${mark}@example.com` } }),
);

describe('a pointer of Klaviyo leads to the items that it speaks of', () => {
  it.each([
    ['events', events, /\/events\/data\/\d+/],
    ['profiles', profiles, /\/profiles\/data\/\d+/],
    ['subscribe', subscriptions, /\/profiles\/data\/\d+/],
    ['unsubscribe', optOuts, /\/profiles\/data\/\d+/],
    ['members', additions, /\/profiles\/data\/\d+/],
  ] as const)('in the body of %s', (name, items, itemPart) => {
    const body = bodyOf(name, items);
    const wrong = pointersOf(body)
      .filter((pointer) => itemPart.test(pointer))
      .flatMap((pointer) => {
        const element = pointer.slice(
          0,
          (itemPart.exec(pointer)?.index ?? 0) + (itemPart.exec(pointer)?.[0].length ?? 0),
        );
        const [expected, found] = [marks(valueAt(body, element)), located(name, pointer, items)];
        return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ pointer, expected, found }];
      });
    expect([pointersOf(body).length > 10, wrong]).toEqual([true, []]);
  });

  it('and to all events of a profile when it names the profile', () => {
    const at = '/data/attributes/events-bulk-create/data/0/attributes/profile/data/attributes/email';
    expect(laneOf('events').locator(events)(at)).toEqual([0, 2]);
  });

  it.each([
    ['events', '/data/attributes/events-bulk-create/data/9/attributes/profile'],
    ['events', '/data/attributes/events-bulk-create/data/0/attributes/events/data/9/attributes/time'],
    ['events', '/data/attributes'],
    ['events', ''],
    ['profiles', '/data/attributes/profiles/data/9'],
    ['profiles', '/data/'],
    ['subscribe', '/data/relationships/list'],
    ['subscribe', '/data/attributes/profiles/data/9'],
  ] as const)('to none when it names none: %s %s', (name, pointer) => {
    const items = { events, profiles, subscribe: subscriptions }[name];
    expect(
      laneOf(name)
        .locator(items)(pointer)
        .filter((index) => items[index]),
    ).toEqual([]);
  });
});

describe('the events body', () => {
  it('carries each event once, grouped by profile', () => {
    const body: BulkCreateEvents = bodyOf('events', events);
    const groups = body.data.attributes['events-bulk-create'].data.map(({ attributes }) => ({
      who: attributes.profile.data.attributes,
      ids: attributes.events.data.map((event) => event.attributes.unique_id),
    }));
    expect(groups).toEqual([
      { who: { email: 'a@example.com' }, ids: ['mark-0', 'mark-2'] },
      { who: { email: 'b@example.com' }, ids: ['mark-1', 'mark-4'] },
      { who: { anonymous_id: 'anon-1' }, ids: ['mark-3'] },
    ]);
  });

  it('says backfill where an event is older than its metric allows, at the time of sending', () => {
    const minutesAgo = (minutes: number, kind: string) =>
      storedEvent(`${kind} ${minutes}`, { kind, metric: kind, timeMs: receivedAtMs - minutes * 60_000 });
    const items = [
      minutesAgo(120, 'Viewed Product'),
      minutesAgo(121, 'Viewed Product'),
      minutesAgo(240, 'Started Checkout'),
      minutesAgo(241, 'Started Checkout'),
      minutesAgo(1440, 'Ping'),
      minutesAgo(1441, 'Ping'),
    ];
    const body: BulkCreateEvents = bodyOf('events', items);
    const sent = body.data.attributes['events-bulk-create'].data.flatMap(({ attributes }) => attributes.events.data);
    expect(sent.flatMap(({ attributes }) => (attributes.backfill ? [attributes.unique_id] : []))).toEqual([
      'Viewed Product 121',
      'Started Checkout 241',
      'Ping 1441',
    ]);
  });

  it('goes by the default name of a renamed metric', () => {
    const item = storedEvent('m', { metric: 'Angesehen', kind: 'Viewed Product', timeMs: receivedAtMs - 121 * 60_000 });
    expect(laneOf('events').build([item], context)).toContain('"backfill":true');
  });
});

describe('the import body', () => {
  const rows = (items: readonly StoredItem[]) => {
    const body: BulkImportProfiles = bodyOf('profiles', items);
    return body.data.attributes.profiles.data.map(({ attributes }) => attributes);
  };

  it('has one row a profile, where what came later wins attribute by attribute', () => {
    const items = [
      profileItem('1', { attributes: { first_name: 'Ada', last_name: 'King', properties: { size: 'S', tier: 1 } } }),
      profileItem('2', { attributes: { last_name: 'Lovelace', properties: { tier: 2 } } }),
    ];
    expect(rows(items)).toEqual([
      { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', properties: { size: 'S', tier: 2 } },
    ]);
  });
});

describe('the subscription body', () => {
  it('asks for the channels agreed to, on the list agreed to, and for no historical import', () => {
    const items = [
      subscribeItem('1', { who: { email: 'a@example.com' } }),
      subscribeItem('2', { who: { email: 'b@example.com', phone_number: '+12025550123' }, channels: ['email', 'sms'] }),
    ];
    const { data }: BulkSubscribeProfiles = bodyOf('subscribe', items);
    const subscribed = { marketing: { consent: 'SUBSCRIBED' } };
    expect([
      data.relationships?.list.data.id,
      data.attributes.profiles.data.map(({ attributes }) => attributes),
    ]).toEqual([
      'DEMO01',
      [
        { email: 'a@example.com', subscriptions: { email: subscribed } },
        { email: 'b@example.com', phone_number: '+12025550123', subscriptions: { email: subscribed, sms: subscribed } },
      ],
    ]);
    expect(isJsonObject(data.attributes) && 'historical_import' in data.attributes).toBe(false);
  });
});

describe('the opt-out body', () => {
  it('names the channels alone that are withdrawn, with the address of each, and never a list', () => {
    const who = { email: 'a@example.com', phone_number: '+12025550123' };
    const items = [unsubscribeItem('1', { who, channels: ['email', 'sms'] }), unsubscribeItem('2', { who })];
    const unsubscribed = { marketing: { consent: 'UNSUBSCRIBED' } };
    expect(bodyOf('unsubscribe', items)).toEqual({
      data: {
        type: 'profile-subscription-bulk-delete-job',
        attributes: {
          profiles: {
            data: [
              { type: 'profile', attributes: { ...who, subscriptions: { email: unsubscribed, sms: unsubscribed } } },
              { type: 'profile', attributes: { email: 'a@example.com', subscriptions: { email: unsubscribed } } },
            ],
          },
        },
      },
    });
  });
});

describe('the erasure body', () => {
  it.each([
    ['an address', eraseItem('1'), { type: 'profile', attributes: { email: 'ada@example.com' } }],
    [
      'a number',
      eraseItem('2', { who: { phone_number: '+12025550123' } }),
      { type: 'profile', attributes: { phone_number: '+12025550123' } },
    ],
    ["Klaviyo's id", eraseItem('3', { who: {}, profileId: '01HX' }), { type: 'profile', id: '01HX', attributes: {} }],
    [
      "Klaviyo's id rather than both",
      eraseItem('4', { profileId: '01HX' }),
      { type: 'profile', id: '01HX', attributes: {} },
    ],
  ])('has exactly one identifier: %s', (_title, item, expected) => {
    const { data }: RequestProfileDeletion = bodyOf('erase', [item]);
    expect(data.attributes.profile.data).toEqual(expected);
  });
});

describe('the body of a single profile', () => {
  it('has what bulk import cannot say beside the attributes, and none of the identifiers that Klaviyo refuses', () => {
    const patch = { append: { tags: ['a'] }, unset: ['size'] };
    const who = { email: 'a@example.com', anonymous_id: 'anon-1', _kx: 'x' };
    expect(bodyOf('profile', [singleItem('Ada', { who, patch })])).toEqual({
      data: {
        type: 'profile',
        attributes: { email: 'a@example.com', first_name: 'Ada' },
        meta: { patch_properties: patch },
      },
    });
  });
});

describe('members of a list', () => {
  it('are added by an import of their identifiers into the list, each person once', () => {
    const items = [memberItem('1'), memberItem('2', { who: { phone_number: '+12025550123' } }), memberItem('3')];
    expect(bodyOf('members', items)).toEqual({
      data: {
        type: 'profile-bulk-import-job',
        attributes: {
          profiles: {
            data: [
              { type: 'profile', attributes: { email: 'ada@example.com' } },
              { type: 'profile', attributes: { phone_number: '+12025550123' } },
            ],
          },
        },
        relationships: { lists: { data: [{ type: 'list', id: 'DEMO01' }] } },
      },
    });
  });

  it('are removed by their ids, which have to be looked up first', () => {
    const lane = laneOf('members');
    const items = [memberItem('1', { action: 'remove' })];
    expect([
      lane.lookUp?.('remove')?.operation,
      lane.operation('remove'),
      lane.target?.(items),
      JSON.parse(lane.build(items, { ...context, profileIds: ['01HX'] })),
    ]).toEqual(['get_profiles', 'remove_profiles_from_list', 'DEMO01', { data: [{ type: 'profile', id: '01HX' }] }]);
  });

  it('keep their order: added, removed, and added again are three calls', () => {
    const actions = ['add', 'add', 'remove', 'add'] as const;
    const calls = laneOf('members').divide?.(actions.map((action, index) => memberItem(`${index}`, { action })));
    expect(calls?.map((items) => items.map(({ id }) => id.slice(0, 1)).join(''))).toEqual(['01', '2', '3']);
  });

  it('are removed at most a thousand a call', () => {
    const items = Array.from({ length: 2500 }, (_, index) => memberItem(`${index}`, { action: 'remove' }));
    expect(
      laneOf('members')
        .divide?.(items)
        .map(({ length }) => length),
    ).toEqual([1000, 1000, 500]);
  });
});

describe('the table of lanes', () => {
  it('is in order of priority, consent first', () => {
    expect(Object.values(LANES).map(({ name, consent }) => [name, consent])).toEqual([
      ['unsubscribe', true],
      ['erase', true],
      ['subscribe', true],
      ['profile', false],
      ['profiles', false],
      ['events', false],
      ['members', false],
    ]);
    expect(Object.values(LANES).map(({ priority }) => priority)).toEqual(
      Object.values(LANES)
        .map(({ priority }) => priority)
        .sort((a, b) => a - b),
    );
  });
});

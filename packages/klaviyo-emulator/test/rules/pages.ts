import { listBody, PATHS } from '../support/bodies.ts';
import { errorsOf, type Reply } from '../support/createTestEmulator.ts';
import { inShop, type Shop } from '../support/inShop.ts';
import { openTrade } from '../support/openTown.ts';
import { rowsOf } from '../support/rowsOf.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const PAGINATE = 'read/paginate.ts';
const READ = 'read/readCollection.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));
const follow = ({ send }: Shop, { body }: Reply, way: 'next' | 'prev') => {
  const { pathname, search } = new URL(body.links[way]);
  return send('GET', pathname + search);
};

interface Paging {
  what: string;
  /** Makes at least so many rows, and returns where they are read. */
  fill: (shop: Shop, count: number) => Promise<string>;
  size: number;
  /** Null where there is no page[size]. */
  max: number | null;
  file: string;
}

const pagings: Paging[] = [
  {
    what: 'profiles',
    fill: (shop, count) => shop.importing(many(count)).then(() => PATHS.profiles),
    size: 20,
    max: 100,
    file: 'routes/profiles/readProfiles.ts',
  },
  {
    what: 'members of a list',
    fill: (shop, count) => shop.importing(many(count), 'SINGLE').then(() => '/api/lists/SINGLE/profiles'),
    size: 20,
    max: 100,
    file: 'routes/lists/readMembers.ts',
  },
  {
    what: 'lists',
    fill: async ({ send }, count) => {
      for (let i = 0; i < count; i++) await send('POST', PATHS.lists, listBody(`List ${i}`));
      return PATHS.lists;
    },
    size: 10,
    max: 10,
    file: 'routes/lists/readLists.ts',
  },
  {
    what: 'events',
    fill: (shop, count) =>
      shop.bulk({ events: many(count).map(({ email }) => ({ unique_id: email })) }).then(() => PATHS.event),
    size: 200,
    max: 1000,
    file: 'routes/events/readEvents.ts',
  },
  {
    what: 'metrics',
    fill: (shop, count) =>
      shop.bulk({ events: many(count).map(({ email }) => ({ metric: email })) }).then(() => '/api/metrics'),
    size: 200,
    max: null,
    file: 'routes/events/readMetrics.ts',
  },
  {
    what: 'import jobs',
    fill: async (shop, count) => {
      for (let i = 0; i < count; i++) await shop.importing(many(1));
      return PATHS.bulkImport;
    },
    size: 20,
    max: 100,
    file: 'routes/imports/readJobs.ts',
  },
];

const sizes = pagings.map(
  ({ what, fill, size, file }): Rule => ({
    rule: `a page has ${size} ${what} unless it says otherwise`,
    scene: inShop(async (shop) => {
      const first = await shop.read(await fill(shop, size + 1));
      return [first.body.data.length, (await follow(shop, first, 'next')).body.data.length > 0];
    }),
    seen: [size, true],
    off: without(file, `size: ${size}`, `size: ${size - 1}`),
  }),
);

const bounds = pagings.flatMap(({ what, fill, max, file }): Rule[] =>
  max === null
    ? []
    : [
        {
          rule: `a page has from 1 to ${max} ${what}`,
          scene: inShop(async (shop) => {
            const path = await fill(shop, 2);
            const replies = [];
            for (const size of [1, max, max + 1, 0])
              replies.push(await shop.read(path, { 'page[size]': String(size) }));
            return replies.map((reply) => errorsOf(reply).join() || Math.min(2, reply.body.data.length));
          }),
          seen: [1, 2, '400 invalid page[size]', '400 invalid page[size]'],
          off: without(file, `max: ${max}`, `max: ${max + 1}`),
        },
      ],
);

/** The trade of three events, two on a page, oldest first. */
const inTrade = (play: (shop: Shop, first: Reply) => Promise<unknown>) =>
  inShop(async (shop) => {
    await openTrade(shop);
    return play(shop, await shop.read(PATHS.event, { sort: 'datetime', 'page[size]': '2' }));
  });

const cursors: Rule[] = [
  {
    rule: 'next leads to the following page, and the last one has none',
    scene: inTrade(async (shop, first) => {
      const second = await follow(shop, first, 'next');
      return [rowsOf(first), rowsOf(second), second.body.links.next ?? 'the end'];
    }),
    seen: ['e1,e2', 'e3', 'the end'],
    off: without(PAGINATE, 'after.length > page.length', 'true'),
  },
  {
    rule: 'prev leads back, and the first page has none',
    scene: inTrade(async (shop, first) => {
      const back = await follow(shop, await follow(shop, first, 'next'), 'prev');
      return [rowsOf(back), first.body.links.prev ?? 'the start', back.body.links.prev ?? 'the start'];
    }),
    seen: ['e1,e2', 'the start', 'the start'],
    off: without(PAGINATE, 'less: after.length < rows.length', 'less: true'),
  },
  {
    rule: 'prev holds a full page however far it leads back',
    scene: inTrade(async (shop) => {
      const first = await shop.read(PATHS.event, { sort: 'datetime', 'page[size]': '1' });
      const third = await follow(shop, await follow(shop, first, 'next'), 'next');
      return [rowsOf(third), rowsOf(await follow(shop, third, 'prev'))];
    }),
    seen: ['e3', 'e2'],
    off: without(PAGINATE, '(a, b) => order(b, a)).reverse()', 'order)'),
  },
  {
    rule: 'rows that arrive before the cursor neither repeat nor hide others',
    scene: inTrade(async (shop, first) => {
      await shop.event({ unique_id: 'late', time: '2026-09-01T00:00:00Z' });
      return rowsOf(await follow(shop, first, 'next'));
    }),
    seen: 'e3',
    off: without(PAGINATE, 'beside(1, cursor)', 'rows.toSorted(order).slice(size)'),
  },
  {
    rule: 'rows that leave before the cursor hide no others',
    scene: inTrade(async (shop, first) => {
      await shop.erase({ email: 'ada@example.com' });
      return rowsOf(await follow(shop, first, 'next'));
    }),
    seen: 'e3',
    off: without(PAGINATE, 'beside(1, cursor)', 'rows.toSorted(order).slice(size)'),
  },
  {
    rule: 'rows of the same value are on one page each',
    scene: inShop(async (shop) => {
      await shop.importing(many(5));
      const seen = [];
      let page = await shop.read(PATHS.profiles, { 'page[size]': '2' });
      for (; page.body.links.next; page = await follow(shop, page, 'next')) seen.push(...rowsOf(page).split(','));
      return [...seen, rowsOf(page)].sort();
    }),
    seen: ['p0', 'p1', 'p2', 'p3', 'p4'],
    off: without(
      PAGINATE,
      'compareValues(sortBy(row), value) || compareValues(id(row), atId)',
      'compareValues(sortBy(row), value)',
    ),
  },
  {
    rule: 'the link to the next page keeps filter, order and size',
    scene: inShop(async (shop) => {
      for (const profile of many(4)) {
        await shop.person(profile);
        shop.later(1000);
      }
      const filter = 'any(email,["p0@example.com","p1@example.com","p2@example.com"])';
      const first = await shop.read(PATHS.profiles, { filter, sort: '-email', 'page[size]': '1' });
      return [rowsOf(first), rowsOf(await follow(shop, first, 'next'))];
    }),
    seen: ['p2', 'p1'],
    off: without(READ, 'new URLSearchParams(call.query)', 'new URLSearchParams()'),
  },
  {
    rule: 'a cursor that Klaviyo did not make is refused',
    scene: inTrade(async ({ read }) => {
      const replies = [];
      for (const cursor of ['abc', '2', btoa('["next",{},"x"]')])
        replies.push(await read(PATHS.event, { 'page[cursor]': cursor }));
      return replies.flatMap(errorsOf);
    }),
    seen: Array(3).fill('400 invalid page[cursor]'),
    off: without(PAGINATE, 'request.cursor !== null && cursor === undefined', 'false'),
  },
];

export const PAGE_RULES: Rule[] = [...sizes, ...bounds, ...cursors];

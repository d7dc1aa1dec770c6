import { inShop, type Shop } from '../support/inShop.ts';
import { openTown, openTrade, type Town, townTime } from '../support/openTown.ts';
import { rowsOf } from '../support/rowsOf.ts';
import { type Found, finding, readFilters } from './finding.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

const PROFILES = '/api/profiles';

/** As `finding`, where the filters have to name ids. */
function findingIds(
  rule: string,
  path: string,
  { filters, seen, off }: { filters: (town: Town, shop: Shop) => string[]; seen: string[]; off: Off },
): Rule {
  const scene = inShop(async (shop) => {
    const town = await openTown(shop);
    return Object.values(await readFilters(shop, path, filters(town, shop)));
  });
  return { rule, scene, seen, off };
}

const field = (file: string, name: string) => without(file, `  ${name}: {`, `  no_${name}: {`);
const range = (name: string, second: number, [above, from, below, to]: [string, string, string, string]): Found => ({
  [`greater-than(${name},${townTime(second)})`]: above,
  [`greater-or-equal(${name},${townTime(second)})`]: from,
  [`less-than(${name},${townTime(second)})`]: below,
  [`less-or-equal(${name},${townTime(second)})`]: to,
});

const PROFILE_FILTERS = 'read/profileFilters.ts';
const profileField = (name: string, found: Found, off = field(PROFILE_FILTERS, name)) =>
  finding(`profiles are found by ${name}`, PROFILES, { found, off });
const suppressionField = (name: string, found: (name: string) => Found) => {
  const path = `subscriptions.email.marketing.${name}`;
  return profileField(path, found(path), without(PROFILE_FILTERS, `'${path}'`, "'off'"));
};

const profiles: Rule[] = [
  findingIds('profiles are found by id', PROFILES, {
    filters: ({ ada, eve }) => [`equals(id,"${ada}")`, `any(id,["${ada}","${eve}","nobody"])`],
    seen: ['ada', 'eve,ada'],
    off: field(PROFILE_FILTERS, 'id'),
  }),
  profileField('email', {
    'equals(email,"ada@example.com")': 'ada',
    'any(email,["ada@example.com","eve@example.com","no@example.com"])': 'eve,ada',
  }),
  finding('profiles are found by their e-mail in any case', PROFILES, {
    found: { 'equals(email,"ADA@Example.com")': 'ada', 'any(email,["Eve@example.com"])': 'eve' },
    off: without(PROFILE_FILTERS, "kind: 'email', "),
  }),
  profileField('phone_number', {
    'equals(phone_number,"+15005550001")': 'ada',
    'any(phone_number,["+15005550001","+15005550002"])': 'ada,bob+shop',
  }),
  profileField('external_id', { 'equals(external_id,"c1")': 'ada', 'any(external_id,["c2","c0"])': 'eve,bob+shop' }),
  findingIds('profiles are found by _kx', PROFILES, {
    filters: (_town, { find }) => [`equals(_kx,"${find('ada@example.com')?._kx}")`, 'equals(_kx,"old")'],
    seen: ['ada', ''],
    off: field(PROFILE_FILTERS, '_kx'),
  }),
  profileField('created', {
    [`greater-than(created,${townTime(0)})`]: 'ada,bob+shop',
    [`less-than(created,${townTime(1)})`]: 'eve',
  }),
  profileField('updated', {
    [`greater-than(updated,${townTime(3)})`]: 'eve,ada',
    [`less-than(updated,${townTime(4)})`]: 'bob+shop',
  }),
  suppressionField('suppression.reason', (name) => ({
    [`equals(${name},"HARD_BOUNCE")`]: 'bob+shop',
    [`equals(${name},"UNSUBSCRIBE")`]: 'ada',
  })),
  suppressionField('suppression.timestamp', (name) => range(name, 4, ['', 'ada', 'bob+shop', 'ada,bob+shop'])),
  suppressionField('list_suppressions.reason', (name) => ({ [`equals(${name},"UNSUBSCRIBE")`]: 'eve' })),
  suppressionField('list_suppressions.timestamp', (name) => range(name, 5, ['', 'eve', '', 'eve'])),
  suppressionField('list_suppressions.list_id', (name) => ({
    [`equals(${name},"SINGLE")`]: 'eve',
    [`equals(${name},"SECOND")`]: '',
  })),
  finding('profiles are found by times after or before, not at, their creation', PROFILES, {
    found: { [`greater-or-equal(created,${townTime(1)})`]: '400 invalid filter' },
    off: without(PROFILE_FILTERS, 'created: { operators: AFTER_BEFORE', 'created: { operators: RANGE'),
  }),
];

const READ_MEMBERS = 'routes/lists/readMembers.ts';
const MEMBERS = '/api/lists/SECOND/profiles';
const memberField = (name: string, found: Found) =>
  finding(`members of a list are found by ${name}`, MEMBERS, { found, off: field(READ_MEMBERS, name) });
const members: Rule[] = [
  memberField('email', {
    'equals(email,"Ada@example.com")': 'ada',
    'any(email,["ada@example.com","eve@example.com"])': 'ada',
  }),
  memberField('phone_number', {
    'equals(phone_number,"+15005550001")': 'ada',
    'any(phone_number,["+15005550000","+15005550002"])': 'bob+shop',
  }),
  memberField('push_token', { 'equals(push_token,"t")': '', 'any(push_token,["t"])': '' }),
  findingIds('members of a list are found by _kx', MEMBERS, {
    filters: (_town, { find }) => [`equals(_kx,"${find('ada@example.com')?._kx}")`],
    seen: ['ada'],
    off: field(READ_MEMBERS, '_kx'),
  }),
  memberField('joined_group_at', range('joined_group_at', 7, ['', 'bob+shop', 'ada', 'bob+shop,ada'])),
  finding('members of a list cannot be found by when they were updated', MEMBERS, {
    found: { [`greater-than(updated,${townTime(0)})`]: '400 invalid filter' },
    off: without(
      READ_MEMBERS,
      '  email: {',
      "  updated: { operators: RANGE, kind: 'time', read: () => 0 },\n  email: {",
    ),
  }),
];

const READ_LISTS = 'routes/lists/readLists.ts';
const listField = (name: string, found: Found) =>
  finding(`lists are found by ${name}`, '/api/lists', { found, off: field(READ_LISTS, name) });
const lists: Rule[] = [
  listField('id', { 'equals(id,"DOUBLE")': 'Careful', 'any(id,["DOUBLE","SECOND"])': 'Careful,Careful too' }),
  listField('name', { 'equals(name,"Careful")': 'Careful', 'any(name,["Weekly","VIP"])': 'Weekly,VIP' }),
  listField('created', { [`greater-than(created,${townTime(0)})`]: 'VIP' }),
  listField('updated', {
    [`greater-than(updated,${townTime(7)})`]: 'Weekly,VIP',
    [`greater-than(updated,${townTime(8)})`]: 'Weekly',
  }),
];

const READ_EVENTS = 'routes/events/readEvents.ts';
/** In a trade of three events, by the ids of Ada and of the metric of what she viewed. */
function eventField(name: string, filters: (ids: { ada: string; viewed: string }) => string[], seen: string[]): Rule {
  const scene = inShop(async (shop) => {
    await openTrade(shop);
    const { profiles, metrics } = shop.emulator.state();
    const ids = { ada: profiles[0]?.id ?? '', viewed: metrics[0]?.id ?? '' };
    return Object.values(await readFilters(shop, '/api/events', filters(ids)));
  });
  return { rule: `events are found by ${name}`, scene, seen, off: field(READ_EVENTS, name) };
}
const operators = ['greater-than', 'greater-or-equal', 'less-than', 'less-or-equal'];
const SECOND_OF_OCTOBER = Date.UTC(2026, 9, 2) / 1000;
const events: Rule[] = [
  eventField('metric_id', ({ viewed }) => [`equals(metric_id,"${viewed}")`], ['e3,e1']),
  eventField('profile_id', ({ ada }) => [`equals(profile_id,"${ada}")`], ['e2,e1']),
  eventField('profile', () => ['has(profile)'], ['e3,e2,e1']),
  eventField('metric', () => ['has(metric)'], ['e3,e2,e1']),
  eventField('datetime', () => operators.map((operator) => `${operator}(datetime,2026-10-02T00:00:00Z)`), [
    'e3',
    'e3,e2',
    'e1',
    'e2,e1',
  ]),
  eventField('timestamp', () => operators.map((operator) => `${operator}(timestamp,${SECOND_OF_OCTOBER})`), [
    'e3',
    'e3,e2',
    'e1',
    'e2,e1',
  ]),
];

const metricField = (name: string, filter: string) => ({
  rule: `metrics are found by ${name}`,
  scene: inShop(async (shop) => {
    await openTrade(shop);
    return rowsOf(await shop.read('/api/metrics', { filter }))
      .split(',')
      .sort();
  }),
  seen: ['Placed Order', 'Viewed Product'],
  off: without('routes/events/readMetrics.ts', `'${name}'`, "'off'"),
});
const others: Rule[] = [
  metricField('integration.name', 'equals(integration.name,"API")'),
  metricField('integration.category', 'equals(integration.category,"API")'),
  {
    rule: 'import jobs are found by status',
    scene: inShop(
      async (shop) => {
        for (const emails of [['a'], ['a', 'b']]) {
          await shop.importing(emails.map((name) => ({ email: `${name}@example.com` })));
          shop.later(1000);
        }
        const filters = ['equals(status,"complete")', 'any(status,["processing","queued"])'];
        return Object.values(await readFilters(shop, '/api/profile-bulk-import-jobs', filters));
      },
      { jobStepMs: 1000 },
    ),
    seen: ['1', '2'],
    off: without('routes/imports/readJobs.ts', '{ status: {', '{ off: {'),
  },
];

export const FILTER_RULES: Rule[] = [...profiles, ...members, ...lists, ...events, ...others];

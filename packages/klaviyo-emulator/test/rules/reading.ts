import { byEmail, PATHS } from '../support/bodies.ts';
import { errorsOf, type Reply } from '../support/createTestEmulator.ts';
import { ADA, BOB, inShop, type Shop } from '../support/inShop.ts';
import { openTown, openTrade } from '../support/openTown.ts';
import { rowsOf } from '../support/rowsOf.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const PROFILES = 'routes/profiles/readProfiles.ts';
const LISTS = 'routes/lists/readLists.ts';
const MEMBERS = 'routes/lists/readMembers.ts';
const EVENTS = 'routes/events/readEvents.ts';
const SUPPRESSION = 'subscriptions.email.marketing.suppression.timestamp';
const LIST_SUPPRESSION = 'subscriptions.email.marketing.list_suppressions.timestamp';

interface Sorting {
  what: string;
  path: string;
  name: string;
  rising: string;
  file: string;
  text: string;
}

const trade = (name: string): Sorting => ({
  what: 'events',
  path: '/api/events',
  name,
  rising: 'e1,e2,e3',
  file: EVENTS,
  text: `${name}: (event) => event.timeMs`,
});
const profiles = (name: string, rising: string, text: string): Sorting => ({
  what: 'profiles',
  path: PATHS.profiles,
  name,
  rising,
  file: PROFILES,
  text,
});
const lists = (name: string, rising: string, text: string): Sorting => ({
  what: 'lists',
  path: PATHS.lists,
  name,
  rising,
  file: LISTS,
  text,
});

const sorts = [
  profiles('created', 'eve,ada,bob+shop', 'created: (profile)'),
  profiles('updated', 'bob+shop,ada,eve', 'updated: (profile)'),
  profiles('email', 'ada,bob+shop,eve', 'email: (profile)'),
  // Ids rise with the time of creation.
  profiles('id', 'eve,ada,bob+shop', '        id: (profile)'),
  profiles(SUPPRESSION, 'eve,bob+shop,ada', `'${SUPPRESSION}': (profile)`),
  profiles(LIST_SUPPRESSION, 'ada,bob+shop,eve', `'${LIST_SUPPRESSION}': (profile)`),
  lists('name', 'Careful,Careful too,VIP,Weekly', 'name: (list) => list.name,'),
  lists('id', 'Careful,Careful too,Weekly,VIP', '        id: (list)'),
  lists('created', 'Careful,Careful too,Weekly,VIP', 'created: (list)'),
  lists('updated', 'Careful,Careful too,VIP,Weekly', 'updated: (list)'),
  {
    what: 'members of a list',
    path: '/api/lists/SECOND/profiles',
    name: 'joined_group_at',
    rising: 'ada,bob+shop',
    file: MEMBERS,
    text: 'joined_group_at: ({ joinedMs }) =>',
  },
  trade('datetime'),
  trade('timestamp'),
].map(
  ({ what, path, name, rising, file, text }): Rule => ({
    rule: `${what} are sorted by ${name}, rising or falling`,
    scene: inShop(async (shop) => {
      await (what === 'events' ? openTrade(shop) : openTown(shop));
      return [rowsOf(await shop.read(path, { sort: name })), rowsOf(await shop.read(path, { sort: `-${name}` }))];
    }),
    seen: [rising, rising.split(',').reverse().join()],
    off: without(file, text, `off${text.slice(text.indexOf(':'))}`),
  }),
);

const orders: Rule[] = [
  {
    rule: 'events come newest first unless sorted',
    scene: inShop(async (shop) => {
      await openTrade(shop);
      return rowsOf(await shop.read(PATHS.event));
    }),
    seen: 'e3,e2,e1',
    off: without(EVENTS, 'descendingByDefault: true,'),
  },
  {
    rule: 'members of a list come newest first unless sorted, and who left is not among them',
    scene: inShop(async (shop) => {
      const { eve } = await openTown(shop);
      await shop.join('SECOND', eve);
      const all = rowsOf(await shop.read('/api/lists/SECOND/profiles'));
      await shop.leave('SECOND', eve);
      return [all, rowsOf(await shop.read('/api/lists/SECOND/profiles'))];
    }),
    seen: ['eve,bob+shop,ada', 'bob+shop,ada'],
    off: without(MEMBERS, 'descendingByDefault: true,'),
  },
  {
    rule: 'profiles come in the order of their creation unless sorted',
    scene: inShop(async (shop) => {
      await openTown(shop);
      return rowsOf(await shop.read(PATHS.profiles));
    }),
    seen: 'eve,ada,bob+shop',
    off: without(PROFILES, 'sorts: {\n', 'descendingByDefault: true,\nsorts: {\n'),
  },
];

const fields: Rule[] = [
  {
    rule: 'a sparse fieldset keeps only what it names',
    scene: inShop(async ({ person, read }) => {
      await person({ email: ADA, first_name: 'Ada' });
      const { body } = await read(PATHS.profiles, { 'fields[profile]': 'email,first_name' });
      return body.data[0].attributes;
    }),
    seen: { email: ADA, first_name: 'Ada' },
    off: without('read/pickFields.ts', 'wanted === null', 'true'),
  },
  {
    rule: 'a sparse fieldset names parts by dotted paths',
    scene: inShop(async ({ person, read }) => {
      await person({ email: ADA, location: { city: 'Graz' }, properties: { tier: 'gold', age: 7 } });
      const { body } = await read(PATHS.profiles, { 'fields[profile]': 'location.city,properties.tier' });
      return JSON.parse(JSON.stringify(body.data[0].attributes));
    }),
    seen: { location: { city: 'Graz' }, properties: { tier: 'gold' } },
    off: without('read/pickFields.ts', "path.split('.')", '[path]'),
  },
  {
    rule: 'subscriptions are answered only when asked for',
    scene: inShop(async ({ subscribe, read }) => {
      await subscribe();
      const asked = { 'additional-fields[profile]': 'subscriptions' };
      const replies = [await read(PATHS.profiles), await read(PATHS.profiles, asked)];
      return replies.map(({ body }) => body.data[0].attributes.subscriptions?.email.marketing.consent ?? 'unsaid');
    }),
    seen: ['unsaid', 'SUBSCRIBED'],
    off: without('present/presentProfile.ts', "extra.includes('subscriptions')", 'true'),
  },
  {
    rule: 'who never decided may be mailed; a suppression forbids it',
    scene: inShop(async ({ person, suppress, read }) => {
      for (const email of [ADA, BOB]) await person({ email });
      await suppress(BOB);
      const { body } = await read(PATHS.profiles, { 'additional-fields[profile]': 'subscriptions', sort: 'email' });
      return body.data.map(({ attributes }: { attributes: { subscriptions: Subscriptions } }) => {
        const { can_receive_email_marketing, consent } = attributes.subscriptions.email.marketing;
        return [consent, can_receive_email_marketing];
      });
    }),
    seen: [
      ['NEVER_SUBSCRIBED', true],
      ['NEVER_SUBSCRIBED', false],
    ],
    off: without('present/presentSubscriptions.ts', ' && profile.suppressions.length === 0'),
  },
  {
    rule: 'what is written as push is read as mobile_push',
    scene: inShop(async ({ subscribe, read }) => {
      const push = { marketing: { consent: 'SUBSCRIBED' } };
      await subscribe(undefined, { email: ADA, subscriptions: { ...byEmail(ADA, 'SUBSCRIBED').subscriptions, push } });
      const { body } = await read(PATHS.profiles, { 'additional-fields[profile]': 'subscriptions' });
      return body.data[0].attributes.subscriptions.mobile_push?.marketing.consent;
    }),
    seen: 'SUBSCRIBED',
    off: without('present/presentSubscriptions.ts', 'mobile_push: {', 'push: {'),
  },
  {
    rule: 'a member read from its list carries the time of joining',
    scene: inShop(async ({ person, join, later, read }) => {
      const id = await person({ email: ADA });
      later(5000);
      await join('SINGLE', id);
      const replies = [await read('/api/lists/SINGLE/profiles'), await read(PATHS.profiles)];
      return replies.map(({ body }) => body.data[0].attributes.joined_group_at ?? 'none');
    }),
    seen: ['2026-11-02T09:00:05+00:00', 'none'],
    off: without('present/presentProfile.ts', '{ joined_group_at: isoTime(joinedMs) }', '{}'),
  },
  {
    rule: 'the size of a list is answered only when asked for',
    scene: inShop(async ({ subscribe, read }) => {
      await subscribe('SINGLE');
      const asked = { 'additional-fields[list]': 'profile_count' };
      const replies = [await read('/api/lists/SINGLE'), await read('/api/lists/SINGLE', asked)];
      return replies.map(({ body }) => body.data.attributes.profile_count ?? 'unsaid');
    }),
    seen: ['unsaid', 1],
    off: without('present/presentList.ts', "extra.includes('profile_count')", 'true'),
  },
  {
    rule: 'value, currency and unique_id of an event come back among its properties',
    scene: inShop(async (shop) => {
      await openTrade(shop);
      const { body } = await shop.read(PATHS.event, { sort: 'datetime' });
      return body.data[1].attributes.event_properties;
    }),
    seen: { ProductName: 'Boots', $event_id: 'e2', $value: 9.5, $currency_code: 'EUR' },
    off: without('present/presentEvent.ts', '{ $value: event.value }', '{}'),
  },
];

interface Subscriptions {
  email: { marketing: { consent: string; can_receive_email_marketing: boolean } };
}

const includedIn = ({ body }: Reply) =>
  (body.included ?? []).map(({ attributes }: { attributes: { name?: string; email?: string } }) => {
    return attributes.name ?? attributes.email;
  });

const relations: Rule[] = [
  ['metric', "wanted.includes('metric')", ['Placed Order', 'Viewed Product']],
  ['profile', "wanted.includes('profile')", [ADA, BOB]],
].map(([relation, text, seen]) => ({
  rule: `include=${relation} adds the ${relation} of each event`,
  scene: inShop(async (shop: Shop) => {
    await openTrade(shop);
    const replies = [await shop.read(PATHS.event), await shop.read(PATHS.event, { include: String(relation) })];
    return replies.map((reply) => includedIn(reply).sort());
  }),
  seen: [[], seen],
  off: without(EVENTS, String(text), 'false'),
}));

const included: Rule[] = [
  {
    rule: 'what a page includes comes once, however many of its events have it',
    scene: inShop(async (shop) => {
      await openTrade(shop);
      return includedIn(await shop.read(PATHS.event, { include: 'profile,metric' })).length;
    }),
    seen: 4,
    off: without(EVENTS, '[...new Set(ids)]', 'ids'),
  },
  {
    rule: 'one event is read with its metric and profile too',
    scene: inShop(async ({ event, emulator, read }) => {
      await event({ unique_id: 'e1' });
      const path = `${PATHS.event}/${emulator.state().events[0]?.id}`;
      return [includedIn(await read(path, { include: 'metric,profile' })), errorsOf(await read(`${PATHS.event}/none`))];
    }),
    seen: [['Viewed Product', ADA], ['404 not_found /data/']],
    off: without(EVENTS, '...included(call, [event])', '...{}'),
  },
];

export const READING_RULES: Rule[] = [...sorts, ...orders, ...fields, ...relations, ...included];

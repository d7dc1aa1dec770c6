import type { ProfileView } from '../../src/state/views.ts';
import { importBody, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { ADA, BOB, inShop, PHONE, type Shop } from '../support/inShop.ts';
import type { Off, Rule } from './Rule.ts';
import { without } from './without.ts';

type Json = Record<string, unknown>;

const RESOLVE = 'state/resolveForEvent.ts';
const IDENTIFIERS = 'state/setIdentifiers.ts';
const MERGE = 'state/mergeProfiles.ts';
const WRITE = 'routes/profiles/writeProfiles.ts';
const COMPLETES = without(RESOLVE, 'completeIdentifiers(account, owner, identifiers);');

interface Visits {
  rule: string;
  /** Profile attributes of events sent one after the other; their unique ids are 1, 2, 3... */
  sent: Json[];
  people: string[];
  off: Off;
}

const visits = [
  {
    rule: 'an e-mail in another case is the same person',
    sent: [{ email: 'Ada@Example.com' }, { email: ADA }],
    people: [`${ADA}|-|-|-: 1,2`],
    off: without('state/findProfile.ts', 'email.trim().toLowerCase()', 'email.trim()'),
  },
  {
    rule: 'an anonymous visitor who names herself becomes that person, earlier events included',
    sent: [{ anonymous_id: 'x' }, { anonymous_id: 'x', email: ADA }],
    people: [`${ADA}|-|-|x: 1,2`],
    off: COMPLETES,
  },
  {
    rule: 'an anonymous profile is merged into a known one, with its events, when one event names both',
    sent: [{ email: ADA }, { anonymous_id: 'x' }, { email: ADA, anonymous_id: 'x' }],
    people: [`${ADA}|-|-|x: 1,2,3`],
    off: without(RESOLVE, 'profile !== owner &&', 'false &&'),
  },
  {
    rule: 'two identified profiles are not merged by an event that names both',
    sent: [{ phone_number: PHONE, anonymous_id: 'x' }, { email: BOB }, { email: BOB, anonymous_id: 'x' }],
    people: [`-|${PHONE}|-|x: 1`, `${BOB}|-|-|-: 2,3`],
    off: without(RESOLVE, ' && isAnonymous(profile)'),
  },
  {
    rule: 'somebody else in the same browser is somebody else, and the browser stays with the first',
    sent: [{ email: ADA, anonymous_id: 'x' }, { email: BOB, anonymous_id: 'x' }, { anonymous_id: 'x' }],
    people: [`${ADA}|-|-|x: 1,3`, `${BOB}|-|-|-: 2`],
    off: without(RESOLVE, "by === 'id' || !contradicts(profile, by, identifiers)", 'true'),
  },
  {
    rule: 'a phone number completes the profile of the e-mail beside it',
    sent: [{ email: ADA }, { email: ADA, phone_number: PHONE }, { phone_number: PHONE }],
    people: [`${ADA}|${PHONE}|-|-: 1,2,3`],
    off: without(IDENTIFIERS, 'wanted.phone_number = offered.phone_number;', ';'),
  },
  {
    rule: 'a phone number of somebody else is left with its owner',
    sent: [
      { email: ADA, phone_number: PHONE },
      { email: BOB, phone_number: PHONE },
    ],
    people: [`${ADA}|${PHONE}|-|-: 1`, `${BOB}|-|-|-: 2`],
    off: without(IDENTIFIERS, ' && !index.phone.has(offered.phone_number)'),
  },
  {
    rule: 'an event does not change an external id that the profile has',
    sent: [
      { email: ADA, external_id: 'c1' },
      { email: ADA, external_id: 'c2' },
    ],
    people: [`${ADA}|-|c1|-: 1,2`],
    off: without(IDENTIFIERS, ' && !profile.externalId'),
  },
  {
    rule: 'an event that both profiles reported counts once after their merge',
    sent: [{ email: ADA }, { anonymous_id: 'x' }, { email: ADA, anonymous_id: 'x' }],
    unique: ['o1', 'o1', 'o2'],
    people: [`${ADA}|-|-|x: o1,o2`],
    off: without(MERGE, 'if (account.index.eventKeys.has(eventKey(event)))', 'if (false)'),
  },
].map(({ rule, sent, people: seen, off, unique }: Visits & { unique?: string[] }): Rule => {
  const scene = inShop(async ({ event, people }) => {
    for (const [index, profile] of sent.entries())
      await event({ profile, unique_id: unique?.[index] ?? String(index + 1) });
    return people();
  });
  return { rule, scene, seen, off };
});

const names = (profile: ProfileView | undefined, sent: Json): Json => ({ ...profile, ...sent });

/** A stronger and a weaker identifier, and whom each of them names. */
const order = (
  [
    ['id', 'email', { phone_number: PHONE }, { email: BOB }],
    ['email', 'phone_number', { email: ADA }, { phone_number: PHONE }],
    ['phone_number', 'external_id', { phone_number: PHONE }, { external_id: 'c1' }],
    ['external_id', '_kx', { external_id: 'c1' }, { email: BOB }],
    ['_kx', 'anonymous_id', { email: ADA }, { email: BOB, anonymous_id: 'x' }],
  ] as const
).map(
  ([strong, weak, owner, other]): Rule => ({
    rule: `an event that names one profile by ${strong} and another by ${weak} belongs to the first`,
    scene: inShop(async ({ event, sent, emulator }) => {
      for (const profile of [owner, other]) await event({ profile });
      const [first, second] = emulator.state().profiles;
      const { id, ...named } = { [strong]: names(first, owner)[strong], [weak]: names(second, other)[weak] };
      await event({ profile: named, profileRest: id ? { id } : {}, unique_id: 'both' });
      return sent().at(-1)?.profile === first?.id ? 'the first' : 'another';
    }),
    seen: 'the first',
    off: without('state/findProfile.ts', `'${strong}', '${weak}'`, `'${weak}', '${strong}'`),
  }),
);

const UNKNOWN_KX = (at: string) => [`400 invalid /data/attributes${at}/_kx`];
const unknownExchangeIds = (
  [
    [
      'an event',
      ({ event }: Shop, profile: Json) => event({ profile }),
      '/profile/data/attributes',
      without('routes/events/createEvent.ts', 'isUnknownExchangeId(account, profile.data)', 'false'),
    ],
    [
      'bulk events',
      ({ bulk }: Shop, profile: Json) => bulk({ profile, events: [{}] }),
      '/events-bulk-create/data/0/attributes/profile/data/attributes',
      without('routes/events/takeGroups.ts', 'isUnknownExchangeId(account, attributes.profile.data)', 'false'),
    ],
    [
      'a profile import',
      ({ upsert }: Shop, profile: Json) => upsert(profile),
      '',
      without(WRITE, 'isUnknownExchangeId(account, data)', 'false'),
    ],
    [
      'a bulk import',
      ({ send }: Shop, profile: Json) => send('POST', PATHS.bulkImport, importBody([profile])),
      '/profiles/data/0/attributes',
      without('routes/imports/bulkImport.ts', 'attributes._kx && !account.index.kx.has(attributes._kx)', 'false'),
    ],
  ] as const
).map(
  ([what, write, at, off]): Rule => ({
    rule: `an unknown _kx refuses ${what}, though the e-mail beside it is good`,
    scene: inShop(async (shop) => [errorsOf(await write(shop, { email: ADA, _kx: 'old.EMULAT' })), shop.people()]),
    seen: [UNKNOWN_KX(at), []],
    off,
  }),
);

const found: Rule[] = [
  {
    rule: 'a known _kx finds its profile, and an anonymous one beside it is merged into that',
    scene: inShop(async ({ event, people, find }) => {
      await event({ unique_id: '1' });
      await event({ unique_id: '2', profile: { anonymous_id: 'x' } });
      await event({ unique_id: '3', profile: { anonymous_id: 'x', _kx: find(ADA)?._kx } });
      return people();
    }),
    seen: [`${ADA}|-|-|x: 1,2,3`],
    off: without('state/findProfile.ts', 'return account.index.kx.get(value);', 'return undefined;'),
  },
  {
    rule: 'an anonymous profile named by its _kx beside a known e-mail is merged as by its anonymous_id',
    scene: inShop(async ({ event, people, emulator }) => {
      await event({ unique_id: '1' });
      await event({ unique_id: '2', profile: { anonymous_id: 'x' } });
      await event({ unique_id: '3', profile: { email: ADA, _kx: emulator.state().profiles[1]?._kx } });
      return people();
    }),
    seen: [`${ADA}|-|-|x: 1,2,3`],
    off: without(
      RESOLVE,
      'for (const { profile } of fitting)',
      "for (const { profile } of fitting.filter(({ by }) => by !== '_kx'))",
    ),
  },
  {
    rule: 'a later group of a bulk request names the anonymous profile of an earlier one',
    scene: inShop(async ({ bulk, people }) => {
      const groups = [{ anonymous_id: 'x' }, { anonymous_id: 'x', email: ADA }, { email: BOB }];
      await bulk(...groups.map((profile, index) => ({ profile, events: [{ unique_id: String(index) }] })));
      return people();
    }),
    seen: [`${ADA}|-|-|x: 0,1`, `${BOB}|-|-|-: 2`],
    off: COMPLETES,
  },
];

export const IDENTITY_RULES: Rule[] = [...visits, ...order, ...unknownExchangeIds, ...found];

import { memberBody } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { GOLD, HOUR_MS, membersOf, person, save, withSegments } from '../support/inSegments.ts';
import { breaking } from './breaking.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const REFRESH = 'state/refreshSegment.ts';

const MEMBER_RULES: Rule[] = [
  {
    rule: 'who no longer matches a segment is gone at the next read',
    async scene(open) {
      const shop = open(withSegments(GOLD));
      await save(shop, person('ada', { tier: 'gold' }));
      const before = await membersOf(shop);
      await save(shop, person('ada', { tier: 'silver' }));
      return [before, await membersOf(shop)];
    },
    seen: [['ada 9'], []],
    off: without(REFRESH, 'for (const id of left) members.delete(id);'),
  },
  {
    rule: 'a member joined a segment when somebody first saw it belong',
    async scene(open) {
      const shop = open(withSegments(GOLD));
      await save(shop, person('ada', { tier: 'gold' }));
      shop.emulator.clock.advance(HOUR_MS);
      await membersOf(shop);
      await save(shop, person('bob', { tier: 'gold' }));
      shop.emulator.clock.advance(HOUR_MS);
      return membersOf(shop);
    },
    seen: ['ada 10', 'bob 11'],
    off: without(REFRESH, '[...belongs].filter((id) => !members.has(id))', '[...belongs]'),
  },
  {
    rule: 'segments and the times of joining them outlive a restart',
    async scene(open) {
      const shop = open(withSegments(GOLD));
      await save(shop, person('ada', { tier: 'gold' }));
      await membersOf(shop);
      const snapshot = structuredClone(shop.emulator.snapshot());
      const again = open({ ...withSegments(GOLD), snapshot });
      again.emulator.clock.advance(HOUR_MS);
      return membersOf(again);
    },
    seen: ['ada 9'],
    off: without(
      'state/snapshot.ts',
      '{ ...segment, members: new Map(segment.members) }',
      '{ ...segment, members: new Map() }',
    ),
  },
  {
    rule: 'the members of a segment can be found by profile_id, those of a list cannot',
    async scene(open) {
      const shop = open(withSegments(GOLD));
      const [ada] = [
        await save(shop, person('ada', { tier: 'gold' })),
        await save(shop, person('bob', { tier: 'gold' })),
      ];
      const id = ada.body.data.id;
      const query = `?filter=${encodeURIComponent(`any(profile_id,["${id}"])`)}`;
      const found = await shop.send('GET', `/api/segments/GOLD/relationships/profiles${query}`);
      const list = await shop.send('GET', `/api/lists/SINGLE/relationships/profiles${query}`);
      return [found.body.data?.map((row: { id: string }) => row.id === id), errorsOf(list)];
    },
    seen: [[true], ['400 invalid filter']],
    off: without(
      'routes/segments/readSegmentMembers.ts',
      '{ members, filters, present }',
      '{ members, filters: {}, present }',
    ),
  },
];

const CONTROL_RULES: Rule[] = [
  {
    rule: 'a segment can be defined and replaced at run time; who still belongs keeps the time of joining',
    async scene(open) {
      const shop = open();
      const define = (segment: object) => shop.send('POST', '/__emulator/segments', segment);
      await save(shop, person('ada', { tier: 'gold' }));
      await save(shop, person('bob', { tier: 'silver' }));
      const { body } = await define(GOLD);
      shop.emulator.clock.advance(HOUR_MS);
      await define({ ...GOLD, where: 'has(properties.tier)' });
      const { body: listed } = await shop.send('GET', '/__emulator/segments');
      return [body[0].members.length, listed.map(({ where }: { where: string }) => where), await membersOf(shop)];
    },
    seen: [1, ['has(properties.tier)'], ['ada 9', 'bob 10']],
    off: without('state/defineSegment.ts', 'known?.members ?? new Map()', 'new Map()'),
  },
  {
    rule: 'a segment with a where that cannot be read, or for nobody, is not defined',
    async scene(open) {
      const { send, emulator } = open();
      const bad = [
        { ...GOLD, where: 'equals(shoe,1)' },
        { ...GOLD, account: 'NOBODY' },
        { ...GOLD, when: 1 },
        { name: 'x' },
      ];
      const replies = await Promise.all(bad.map((segment) => send('POST', '/__emulator/segments', segment)));
      return [replies.map(({ status, body }) => `${status} ${body.error}`), emulator.state().segments];
    },
    seen: [
      [
        "400 'where' of segment GOLD: 'shoe' is not a filterable field.",
        '400 There is no account NOBODY.',
        "400 'when' is unknown: expected one of id, name, where, account.",
        "400 'id' is required.",
      ],
      [],
    ],
    off: breaking('Error', without('state/defineSegment.ts', 'if (!parsed.ok) return', 'if (false) return')),
  },
];

const filtered = (path: string, filter: string) => `${path}?filter=${encodeURIComponent(filter)}`;

const READ_RULES: Rule[] = [
  {
    rule: 'a page has at most 10 segments',
    async scene(open) {
      const { send } = open(withSegments(...Array.from({ length: 11 }, (_, n) => ({ id: `S${n}`, name: `${n}` }))));
      const { body } = await send('GET', '/api/segments');
      return [body.data.length, 'next' in body.links, errorsOf(await send('GET', '/api/segments?page[size]=11'))];
    },
    seen: [10, true, ['400 invalid page[size]']],
    off: without('routes/segments/readSegments.ts', '{ size: 10, max: 10 }', '{ size: 10, max: 100 }'),
  },
  {
    rule: 'is_active takes true or false, not their names',
    async scene(open) {
      const { send } = open(withSegments(GOLD));
      const active = await send('GET', filtered('/api/segments', 'equals(is_active,true)'));
      const starred = await send('GET', filtered('/api/segments', 'equals(is_starred,true)'));
      const named = await send('GET', filtered('/api/segments', 'equals(is_active,"true")'));
      return [active.body.data.length, starred.body.data.length, errorsOf(named)];
    },
    seen: [1, 0, ['400 invalid filter']],
    off: without(
      'read/matchClauses.ts',
      "if (kind === 'boolean') return",
      "if (kind === 'boolean') return String(value) === 'true' || String(value) !== 'false';\n  if (false) return",
    ),
  },
  {
    rule: 'counting the members of a segment draws on a second bucket of one a second',
    async scene(open) {
      const { send } = open({ ...withSegments(GOLD), limits: {} });
      const path = '/api/segments/GOLD?additional-fields[segment]=profile_count';
      const replies = [await send('GET', path), await send('GET', path), await send('GET', '/api/segments/GOLD')];
      return [replies.map(({ status }) => status), replies[0]?.body.data.attributes.profile_count];
    },
    seen: [[200, 429, 200], 0],
    off: without('rate/findBuckets.ts', "of: 'get_segment'", "of: 'get_account'"),
  },
  {
    rule: 'a profile includes the lists and segments that it belongs to, and links to them',
    async scene(open) {
      const shop = open(withSegments(GOLD, { id: 'NONE', name: 'None', where: 'equals(email,"x")' }));
      const { body } = await save(shop, person('ada', { tier: 'gold' }));
      const { id } = body.data;
      await shop.send('POST', '/api/lists/SINGLE/relationships/profiles', memberBody([id]));
      const read = async (include: string) => {
        const { data, included } = (await shop.send('GET', `/api/profiles/${id}?include=${include}`)).body;
        const { lists, segments } = data.relationships;
        return [
          included.map((row: { id: string }) => row.id),
          lists.data,
          segments.data?.map((row: { id: string }) => row.id),
        ];
      };
      return [await read('segments'), await read('lists,segments,push-tokens')];
    },
    seen: [
      [['GOLD'], undefined, ['GOLD']],
      [['SINGLE', 'GOLD'], [{ type: 'list', id: 'SINGLE' }], ['GOLD']],
    ],
    off: without('routes/profiles/readProfiles.ts', "wanted.includes('segments') &&", 'false &&'),
  },
];

export const SEGMENT_RULES: Rule[] = [...MEMBER_RULES, ...CONTROL_RULES, ...READ_RULES];

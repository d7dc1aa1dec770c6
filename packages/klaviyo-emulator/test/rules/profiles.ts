import { errorsOf, type Reply } from '../support/createTestEmulator.ts';
import { ADA, BOB, inShop, PHONE } from '../support/inShop.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

type Json = Record<string, unknown>;

const IDENTIFIERS = 'state/setIdentifiers.ts';
const WRITE = 'routes/profiles/writeProfiles.ts';

/** `status code pointer`, and whose id the answer gives. */
function conflict({ status, body }: Reply, ids: Record<string, string>): string {
  const [error] = body.errors ?? [];
  const holder = Object.keys(ids).find((name) => ids[name] === error?.meta.duplicate_profile_id);
  return [status, error?.code, error?.source.pointer, holder].join(' ');
}

const conflicts: Rule[] = [
  {
    rule: 'creating a profile whose identifier is taken answers 409 with the id of its holder',
    scene: inShop(async ({ person, create }) => {
      const bob = await person({ email: BOB });
      return conflict(await create({ email: 'Bob@example.com', first_name: 'Bob' }), { bob });
    }),
    seen: '409 duplicate_profile /data/attributes bob',
    off: without(WRITE, 'if (known) return duplicateProfile(known.profile.id);'),
  },
  {
    rule: 'updating a profile to an identifier that is taken answers 409 with the id of its holder',
    scene: inShop(async ({ person, update }) => {
      const [ada, bob] = [await person({ email: ADA }), await person({ email: BOB })];
      return conflict(await update(ada, { email: BOB }), { ada, bob });
    }),
    seen: '409 duplicate_profile /data/attributes bob',
    off: without(WRITE, 'if (other) return duplicateProfile(other.profile.id);'),
  },
  {
    rule: 'an import whose identifiers name two profiles answers 409 with the id of the second',
    scene: inShop(async ({ person, upsert }) => {
      const [ada, phone] = [await person({ email: ADA }), await person({ phone_number: PHONE })];
      return conflict(await upsert({ email: ADA, phone_number: PHONE }), { ada, phone });
    }),
    seen: '409 duplicate_profile /data/attributes phone',
    off: without('state/upsertProfile.ts', 'if (second)', 'if (false)'),
  },
  {
    rule: 'an import answers 201 for a new profile and 200 for a known one',
    scene: inShop(async ({ upsert }) => [(await upsert({ email: ADA })).status, (await upsert({ email: ADA })).status]),
    seen: [201, 200],
    off: without(WRITE, 'result.created ? 201 : 200', '201'),
  },
  {
    rule: 'an import with the id of nobody is refused',
    scene: inShop(async ({ upsert }) => errorsOf(await upsert({ email: ADA }, { id: 'nobody' }))),
    seen: ['404 not_found /data/'],
    off: without('state/upsertProfile.ts', 'if (resource.id && !account.profiles.has(resource.id))', 'if (false)'),
  },
];

/** What one import makes of a profile that an earlier one wrote. */
const written = (first: Json, second: Json, meta?: Json): Rule['scene'] =>
  inShop(async ({ upsert, find }) => {
    await upsert({ email: ADA, ...first });
    await upsert({ email: ADA, ...second }, meta && { meta: { patch_properties: meta } });
    const { attributes, properties } = find(ADA) ?? {};
    return { ...attributes, ...properties };
  });

const APPLY = 'state/applyProfile.ts';
const writes: Rule[] = [
  {
    rule: 'null clears an attribute and absence leaves it',
    scene: written({ first_name: 'Ada', last_name: 'Lee' }, { first_name: null }),
    seen: { last_name: 'Lee' },
    off: without(APPLY, 'if (value === null) delete profile.attributes[name];', 'if (value === null) continue;'),
  },
  {
    rule: 'null clears a custom property',
    scene: written({ properties: { a: 1, b: 2 } }, { properties: { a: null } }),
    seen: { b: 2 },
    off: without('state/withoutNulls.ts', 'value !== null && '),
  },
  {
    rule: 'a custom property that is not named is left alone',
    scene: written({ properties: { a: 1 } }, { properties: { b: 2 } }),
    seen: { a: 1, b: 2 },
    off: without(APPLY, '...profile.properties, '),
  },
  {
    rule: 'null clears an identifier, which then is free for another profile',
    scene: inShop(async ({ person, update, create, people }) => {
      await update(await person({ email: ADA, phone_number: PHONE }), { phone_number: null });
      return [(await create({ phone_number: PHONE })).status, ...people()];
    }),
    seen: [201, `${ADA}|-|-|-: `, `-|${PHONE}|-|-: `],
    off: without(IDENTIFIERS, 'index.delete(change.from)', 'void 0'),
  },
  {
    rule: 'append adds to a list what it lacks',
    scene: written({ properties: { tags: ['a'] } }, {}, { append: { tags: ['b', 'a'] } }),
    seen: { tags: ['a', 'b'] },
    off: without(APPLY, '.filter((item) => !texts.has(JSON.stringify(item)))'),
  },
  {
    rule: 'append makes a list of what was a single value, or nothing',
    scene: written({ properties: { tags: 'a' } }, {}, { append: { tags: 'b', more: 'c' } }),
    seen: { tags: ['a', 'b'], more: ['c'] },
    off: without(APPLY, 'value === undefined ? [] : [value]', '[]'),
  },
  {
    rule: 'unappend takes values out of a list',
    scene: written({ properties: { tags: ['a', 'b', 'c'] } }, {}, { unappend: { tags: ['a', 'c'] } }),
    seen: { tags: ['b'] },
    off: without(APPLY, '.filter((item) => !gone.has(JSON.stringify(item)))'),
  },
  {
    rule: 'unset removes properties, one or several',
    scene: written({ properties: { a: 1, b: 2, c: 3 } }, {}, { unset: ['a', 'b'] }),
    seen: { c: 3 },
    off: without(APPLY, 'patched.delete(String(key))', 'void 0'),
  },
];

export const PROFILE_RULES: Rule[] = [...conflicts, ...writes];

import { GOLD, membersOf, person, save, withSegments } from '../support/inSegments.ts';
import { breaking } from './breaking.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const WHERE = 'read/parseWhere.ts';

/** The rule of what `where` may say: who belongs to a segment that says it. */
function where(rule: string, said: Record<string, string>, off: Rule['off']): Rule {
  return {
    rule,
    async scene(open) {
      const seen: Record<string, string> = {};
      for (const text of Object.keys(said)) {
        const shop = open(withSegments({ ...GOLD, where: text }));
        await save(shop, person('ada', { size: 41, tags: ['a', 'b'], born: '1990-05-01', 'a.b': true }));
        await save(shop, person('bob', { size: '41', tags: 'b', born: '2001-01-01T00:00:00Z', address: { zip: 1 } }));
        seen[text] = (await membersOf(shop))
          .map((member) => member.split(' ')[0])
          .sort()
          .join(' ');
      }
      return seen;
    },
    seen: said,
    off,
  };
}

export const SEGMENT_WHERE_RULES: Rule[] = [
  where(
    'a segment without a where is everybody',
    { '': 'ada bob' },
    breaking('Error', without(WHERE, "if (where.trim() === '') return", 'if (false) return')),
  ),
  where(
    'a segment may ask for properties, by value and type',
    {
      'equals(properties.size,41)': 'ada',
      'equals(properties.size,"41")': 'bob',
      'any(properties.size,[41,"41"])': 'ada bob',
      'equals(properties.a.b,true)': 'ada',
      'greater-than(properties.size,40)': 'ada',
    },
    breaking('Error', without('read/matchClauses.ts', "if (kind === 'any') return", 'if (false) return')),
  ),
  where(
    'one of the values of a property that is a list is enough',
    { 'equals(properties.tags,"b")': 'ada bob', 'equals(properties.tags,"a")': 'ada' },
    without(WHERE, '(Array.isArray(held) ? held : [held])', '[held]'),
  ),
  where(
    'a property is compared with a time as a time',
    {
      'greater-than(properties.born,2000-01-01)': 'bob',
      'less-or-equal(properties.born,1990-05-01T02:00:00+02:00)': 'ada',
    },
    without(WHERE, "typeof value === 'string';", 'false;'),
  ),
  where(
    'a segment may ask whether a property is there at all',
    {
      'has(properties.address)': 'bob',
      'has(properties.toString)': '',
      'has(properties.born),has(properties.a.b)': 'ada',
    },
    without(WHERE, 'Object.hasOwn(properties, name)', 'true'),
  ),
  where(
    'a segment may ask what get_profiles can filter by',
    { 'equals(email,"ADA@example.com")': 'ada', 'any(email,["bob@example.com"]),has(properties.size)': 'bob' },
    breaking('Error', without(WHERE, '...profileFilters,', '')),
  ),
  {
    rule: 'a segment may ask for consent',
    async scene(open) {
      const consent = 'subscriptions.email.marketing.consent';
      const shop = open(withSegments({ ...GOLD, where: `equals(${consent},"UNSUBSCRIBED")` }));
      await save(shop, person('ada'));
      await save(shop, person('bob'));
      shop.emulator.optOut({ email: 'bob@example.com' });
      return membersOf(shop);
    },
    seen: ['bob 9'],
    off: without(WHERE, 'read: (profile) => profile.channels.email.consent', "read: () => 'UNSUBSCRIBED'"),
  },
  {
    rule: 'an emulator does not start with a segment whose where cannot be read',
    async scene(open) {
      const start = (text: string) => {
        try {
          open(withSegments({ ...GOLD, where: text }));
          return 'started';
        } catch (error) {
          return String(error);
        }
      };
      return ['equals(email', 'equals(shoe,1)', 'greater-than(properties.born,soon)'].map(start);
    },
    seen: [
      "Error: Account EMULAT: 'where' of segment GOLD: Invalid filter: expected ')' at position 12.",
      "Error: Account EMULAT: 'where' of segment GOLD: 'shoe' is not a filterable field.",
      "Error: Account EMULAT: 'where' of segment GOLD: The value of 'properties.born' has the wrong type.",
    ],
    off: without('state/createWorld.ts', 'if (!defined.ok) throw', 'if (false) throw'),
  },
];

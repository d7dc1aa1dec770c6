import { listBody, PATHS } from '../support/bodies.ts';
import { errorsOf } from '../support/createTestEmulator.ts';
import { inShop } from '../support/inShop.ts';
import { openTown, townTime } from '../support/openTown.ts';
import { rowsOf } from '../support/rowsOf.ts';
import { finding, readFilters } from './finding.ts';
import type { Rule } from './Rule.ts';
import { without } from './without.ts';

const PROFILES = '/api/profiles';
const MEMBERS = '/api/lists/SECOND/profiles';
const MATCH = 'read/matchClauses.ts';
const PARSE = 'read/parseFilter.ts';

const all = 'eve,ada,bob+shop';
const refused = '400 invalid filter';
export const FILTER_LANGUAGE_RULES: Rule[] = [
  finding('equals takes the one value, and no part of it', PATHS.lists, {
    found: { 'equals(name,"VIP")': 'VIP', 'equals(name,"V")': '', 'equals(name,"vip")': '' },
    off: without(MATCH, 'return wanted.includes(own);', 'return String(own).includes(String(first));'),
  }),
  finding('greater-than leaves out the value itself', PROFILES, {
    found: { [`greater-than(created,${townTime(1)})`]: 'bob+shop' },
    off: without(MATCH, 'own > first', 'own >= first'),
  }),
  finding('greater-or-equal takes the value itself', MEMBERS, {
    found: { [`greater-or-equal(joined_group_at,${townTime(7)})`]: 'bob+shop' },
    off: without(MATCH, 'own >= first', 'own > first'),
  }),
  finding('less-than leaves out the value itself', PROFILES, {
    found: { [`less-than(created,${townTime(1)})`]: 'eve' },
    off: without(MATCH, 'own < first', 'own <= first'),
  }),
  finding('less-or-equal takes the value itself', MEMBERS, {
    found: { [`less-or-equal(joined_group_at,${townTime(6)})`]: 'ada' },
    off: without(MATCH, 'own <= first', 'own < first'),
  }),
  finding('any takes a list, and every other operator one value', PROFILES, {
    found: {
      'any(external_id,["c1"])': 'ada',
      'any(external_id,[])': '',
      'any(external_id,"c1")': refused,
      'equals(external_id,["c1"])': refused,
    },
    off: without(MATCH, "(operator === 'any') !== Array.isArray(value)", 'false'),
  }),
  finding('the values of a list stand apart by one comma each', PROFILES, {
    found: {
      'any(external_id, [ "c1" , "c3" ] )': 'ada',
      'any(external_id,["c1""c2"])': refused,
      'any(external_id,["c1",])': refused,
      'any(external_id,[,"c1"])': refused,
      'any(external_id,["c1",,"c2"])': refused,
    },
    off: without(
      PARSE,
      'while (skip(/\\s*,\\s*/y)) items.push(inside(value));',
      'while (skip(/\\s*,?\\s*(?=[^\\]\\s])/y)) items.push(inside(value));\nskip(/\\s*,/y);',
    ),
  }),
  finding('texts stand in double quotes, or in single ones', PROFILES, {
    found: { 'equals(external_id,"c1")': 'ada', "equals(external_id,'c1')": 'ada' },
    off: without(PARSE, ' ?? take(SINGLE_QUOTED)'),
  }),
  {
    rule: 'a quote inside a text is escaped by a backslash',
    scene: inShop(async (shop) => {
      await shop.send('POST', PATHS.lists, listBody('The "best"'));
      return readFilters(shop, PATHS.lists, ['equals(name,"The \\"best\\"")', 'equals(name,"The "best"")']);
    }),
    seen: { 'equals(name,"The \\"best\\"")': 'The "best"', 'equals(name,"The "best"")': refused },
    off: without(PARSE, ".replace(/\\\\(.)/g, '$1')"),
  },
  finding('conditions joined by commas hold together', PROFILES, {
    found: {
      [`greater-than(created,${townTime(0)}),less-than(created,${townTime(2)})`]: 'ada',
      'equals(external_id,"c1"),equals(email,"eve@example.com")': '',
    },
    off: without(MATCH, 'tests.every', 'tests.some'),
  }),
  finding('conditions inside and() hold together', PROFILES, {
    found: { [`and(greater-than(created,${townTime(0)}),less-than(created,${townTime(2)}))`]: 'ada' },
    off: without(PARSE, "operator === 'and'", 'false'),
  }),
  finding('a field that is not filterable is refused', PROFILES, {
    found: { 'equals(first_name,"Ada")': refused, 'equals(constructor,"x")': refused },
    off: without(MATCH, 'if (!known) return', 'if (!known) continue;\nif (false) return'),
  }),
  finding('an operator that the field lacks is refused', PROFILES, {
    found: {
      'contains(email,"ada")': refused,
      'any(_kx,["x"])': refused,
      'greater-than(email,"a")': refused,
      'not(email,"a")': refused,
    },
    off: without(MATCH, 'if (!known.operators.includes(operator))', 'if (false)'),
  }),
  finding('a value of the wrong kind is refused', PROFILES, {
    found: { 'greater-than(created,yesterday)': refused, 'equals(external_id,true)': refused },
    off: without(MATCH, 'wanted.some((each) => each === undefined)', 'false'),
  }),
  finding('a filter that cannot be read is refused', PROFILES, {
    found: { 'equals(email': refused, 'email="ada"': refused, 'equals(external_id,"c1"))': refused },
    off: without(PARSE, 'ok: false, detail: `Invalid', 'ok: true, clauses: [], detail: `Invalid'),
  }),
  {
    rule: 'a plus sign that is not encoded is a space, so that no e-mail with it is found',
    scene: inShop(async (shop) => {
      await openTown(shop);
      const filter = 'equals(email,"bob+shop@example.com")';
      const plain = await shop.send('GET', `${PROFILES}?filter=${filter}`);
      return [rowsOf(plain), rowsOf(await shop.read(PROFILES, { filter }))];
    }),
    seen: ['', 'bob+shop'],
    off: without('http/answerCall.ts', 'new URL(raw.url)', "new URL(raw.url.replaceAll('+', '%2B'))"),
  },
  {
    rule: 'without a filter everybody is found',
    scene: inShop(async (shop) => {
      await openTown(shop);
      return [rowsOf(await shop.read(PROFILES)), errorsOf(await shop.read(PROFILES))];
    }),
    seen: [all, []],
    off: without('read/readCollection.ts', 'filter ? parseFilter(filter)', "true ? parseFilter(filter ?? '')"),
  },
];

import type { Profile } from '../state/types.ts';
import { parseTime } from '../validate/time.ts';
import { type FilterField, type FilterFields, type Matcher, matchClauses, type Scalar } from './matchClauses.ts';
import { type Clause, parseFilter } from './parseFilter.ts';
import { profileFilters } from './profileFilters.ts';

const PROPERTY = 'properties.';
const RANGE = ['greater-than', 'greater-or-equal', 'less-than', 'less-or-equal'];
const OPERATORS = ['equals', 'any', 'has', ...RANGE];

const fields: FilterFields<Profile> = {
  ...profileFilters,
  'subscriptions.email.marketing.consent': {
    operators: ['equals'],
    read: (profile) => profile.channels.email.consent,
  },
};

/** Whom a segment's `where` means: what get_profiles filters by, consent, and properties. Empty means everybody. */
export function parseWhere(where: string): Matcher<Profile> {
  if (where.trim() === '') return { ok: true, matches: () => true };
  const parsed = parseFilter(where);
  if (!parsed.ok) return parsed;
  // One by one: the same property may be compared as a text here and as a time there.
  const matchers = parsed.clauses.map((clause) => matchClauses([clause], { ...fields, ...propertyField(clause) }));
  const wrong = matchers.find(({ ok }) => !ok);
  return wrong ?? { ok: true, matches: (profile) => matchers.every((each) => each.ok && each.matches(profile)) };
}

function propertyField({ operator, field, value }: Clause): FilterFields<Profile> {
  if (!field.startsWith(PROPERTY)) return {};
  const name = field.slice(PROPERTY.length);
  const asTime = RANGE.includes(operator) && typeof value === 'string';
  const read: FilterField<Profile>['read'] = ({ properties }) => {
    const held = Object.hasOwn(properties, name) ? properties[name] : [];
    return (Array.isArray(held) ? held : [held]).flatMap((each) => (asTime ? (parseTime(each) ?? []) : asScalar(each)));
  };
  return { [field]: { operators: OPERATORS, kind: asTime ? 'time' : 'any', read } };
}

/** What is nested can only be had or not, so its text will do. */
const asScalar = (value: unknown): Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);

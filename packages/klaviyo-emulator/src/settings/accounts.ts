import type { AccountOptions, KeyOptions, ListOptions, SegmentOptions } from '../options.ts';
import type { Shape } from './Shape.ts';
import { anyText, both, fields, flag, listOf, oneOf, takes, text } from './shapes.ts';

const optIn = oneOf('single_opt_in', 'double_opt_in');
const scope = takes<string>(
  "a scope such as 'events:write'",
  (value) => typeof value === 'string' && /^[a-z-]+:[a-z-]+$/.test(value),
);

const account = fields<AccountOptions>(
  {
    publicKey: text,
    name: text,
    keys: listOf(fields<KeyOptions>({ key: text, scopes: listOf(scope) }, ['key'])),
    lists: listOf(fields<ListOptions>({ id: text, name: text, optIn }, ['id', 'name'])),
    segments: listOf(fields<SegmentOptions>({ id: text, name: text, where: anyText }, ['id', 'name'])),
    defaultOptIn: optIn,
    ageGated: flag,
  },
  ['publicKey', 'keys'],
);

type Place = readonly [at: string, value: string];

function findRepeat(places: readonly Place[]): string | undefined {
  const firsts = new Map<string, string>();
  for (const [at, value] of places) {
    const first = firsts.get(value);
    // The places, not the value: it may be a key.
    if (first !== undefined) return `'${at}' repeats '${first}'.`;
    firsts.set(value, at);
  }
  return undefined;
}

const distinct: Shape<AccountOptions[]> = (value, path) => {
  // The other shape has looked at every account.
  const accounts = value as readonly AccountOptions[];
  const at = (index: number) => `${path}.${index}`;
  const ids = (rows: readonly { id: string }[] = [], under: string) =>
    findRepeat(rows.map(({ id }, row): Place => [`${under}.${row}.id`, id]));
  if (accounts.length === 0) return `'${path}' takes one account or more.`;
  return (
    findRepeat(accounts.map(({ publicKey }, index): Place => [`${at(index)}.publicKey`, publicKey])) ??
    findRepeat(
      accounts.flatMap(({ keys }, index) => keys.map(({ key }, row): Place => [`${at(index)}.keys.${row}.key`, key])),
    ) ??
    accounts.map(({ lists }, index) => ids(lists, `${at(index)}.lists`)).find(Boolean) ??
    accounts.map(({ segments }, index) => ids(segments, `${at(index)}.segments`)).find(Boolean)
  );
};

/** Public keys and private keys once each, ids of lists and segments once in an account. */
export const ACCOUNTS = both(listOf(account), distinct);

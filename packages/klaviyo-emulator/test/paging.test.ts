import { describe, expect, test } from 'vitest';
import { DEMO_ACCOUNT, decideSettings } from '../src/options.ts';
import { hashText } from '../src/rate/hashText.ts';
import { matchClauses } from '../src/read/matchClauses.ts';
import { narrowProfiles } from '../src/read/narrowProfiles.ts';
import { type Page, paginate, type SortValue } from '../src/read/paginate.ts';
import { parseFilter } from '../src/read/parseFilter.ts';
import { profileFilters } from '../src/read/profileFilters.ts';
import { createProfile } from '../src/state/createProfile.ts';
import { createWorld } from '../src/state/createWorld.ts';
import { mergeProfiles } from '../src/state/mergeProfiles.ts';
import { setIdentifiers } from '../src/state/setIdentifiers.ts';
import { START_MS } from './support/createTestEmulator.ts';

const RUNS = 300;

/** Numbers below `end`, always the same ones. */
function dice(seed: string) {
  let rolls = 0;
  return (end: number) => hashText(`${seed}/${++rolls}`) % end;
}

interface Row {
  id: string;
  value: SortValue;
}

function rowsOf(roll: ReturnType<typeof dice>): Row[] {
  const named = roll(2) === 0;
  // Few values, so that many rows share one.
  const value = () => (named ? `name ${roll(8)}` : roll(8));
  return Array.from({ length: roll(60) }, (_, index) => ({ id: `${roll(10)}-${index}`, value: value() }));
}

/** Every row in order, cut into pages: what paging has to come to, however it does it. */
function plainPages(rows: readonly Row[], { size, descending }: { size: number; descending: boolean }): string[][] {
  const order = (a: SortValue, b: SortValue) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = rows.toSorted((a, b) => order(a.value, b.value) || order(a.id, b.id));
  const ids = (descending ? sorted.reverse() : sorted).map(({ id }) => id);
  return Array.from({ length: Math.max(1, Math.ceil(ids.length / size)) }, (_, page) =>
    ids.slice(page * size, (page + 1) * size),
  );
}

/** The pages that following `next` leads to, and then those that following `prev` leads back to. */
function followed(rows: readonly Row[], options: { size: number; descending: boolean }) {
  const ways: Record<'next' | 'prev', string[][]> = { next: [], prev: [] };
  let cursor: string | null = null;
  for (const way of ['next', 'prev'] as const) {
    for (let more = true; more; ) {
      const page: Page<Row> = paginate({ ...options, rows, sortBy: (row) => row.value, id: (row) => row.id, cursor });
      if (!page.ok) throw new Error(page.detail);
      ways[way].push(page.rows.map(({ id }) => id));
      more = page[way] !== undefined;
      cursor = page[way] ?? cursor;
    }
  }
  return ways;
}

describe('pages', () => {
  test('are those of a plain sort, forwards and backwards', () => {
    const roll = dice('pages');
    const wrong = Array.from({ length: RUNS }, () => {
      const rows = rowsOf(roll);
      const options = { size: 1 + roll(12), descending: roll(2) === 0 };
      const plain = plainPages(rows, options);
      const { next, prev } = followed(rows, options);
      // The last cursor stands before the last page, so that the way back begins with it.
      return { next: [next, plain], prev: [prev, plain.toReversed()] };
    }).filter(
      ({ next, prev }) =>
        JSON.stringify(next[0]) !== JSON.stringify(next[1]) || JSON.stringify(prev[0]) !== JSON.stringify(prev[1]),
    );
    expect(wrong).toEqual([]);
  });

  test('take about one comparison a row, not a sort of all', () => {
    const roll = dice('work');
    const rows = Array.from({ length: 50_000 }, (_, index) => ({ id: `p${index}`, value: roll(1_000_000) }));
    let looks = 0;
    const sortBy = ({ value }: Row) => {
      looks += 1;
      return value;
    };
    paginate({ rows, sortBy, id: (row) => row.id, descending: false, size: 100, cursor: null });
    expect(looks / rows.length).toBeLessThan(4);
  });
});

/** People who were made, renamed and merged at random. */
function crowd() {
  const world = createWorld({ accounts: [DEMO_ACCOUNT], settings: decideSettings({}), nowMs: START_MS });
  const account = [...world.accounts.values()][0];
  if (!account) throw new Error('A world without accounts.');
  const roll = dice('crowd');
  const kxs: string[] = [];
  for (let index = 0; index < 60; index++) {
    const profile = createProfile(world, account, START_MS);
    kxs.push(profile.kx);
    const names = { email: `P${index}@Example.com`, external_id: `c${index}`, phone_number: `+150055500${10 + index}` };
    setIdentifiers(account, profile, names);
    if (roll(3) === 0) setIdentifiers(account, profile, { email: `new${index}@example.com`, phone_number: null });
    const [into] = account.profiles.values();
    if (roll(4) === 0 && into && into !== profile) mergeProfiles(account, { into, source: profile, nowMs: START_MS });
  }
  return { account, kxs, ids: [...account.profiles.keys()] };
}

describe('a filter by an identifier', () => {
  test('finds by the index whom it finds among all', () => {
    const { account, kxs, ids } = crowd();
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    const filters = [
      ...numbers.flatMap((index) => [
        `equals(email,"p${index}@example.com")`,
        `equals(email,"NEW${index}@example.com")`,
        `equals(external_id,"c${index}")`,
        `equals(phone_number,"+150055500${10 + index}"),equals(external_id,"c${index}")`,
        `any(external_id,["c${index}","c${index + 1}","c${index}"])`,
      ]),
      ...kxs.map((kx) => `equals(_kx,"${kx}")`),
      `any(id,["${ids.join('","')}"])`,
      'any(email,[])',
      'greater-than(created,2020-01-01)',
    ];
    const found = filters.map((filter) => {
      const parsed = parseFilter(filter);
      const matcher = matchClauses(parsed.ok ? parsed.clauses : [], profileFilters);
      if (!parsed.ok || !matcher.ok) throw new Error(filter);
      const idsOf = (rows: ReturnType<typeof narrowProfiles>) =>
        rows
          .filter(matcher.matches)
          .map(({ id }) => id)
          .sort();
      return {
        filter,
        narrowed: idsOf(narrowProfiles(account, parsed.clauses)),
        all: idsOf([...account.profiles.values()]),
      };
    });
    expect(found.map(({ filter, narrowed }) => [filter, narrowed])).toEqual(
      found.map(({ filter, all }) => [filter, all]),
    );
  });

  test('looks at nobody else', () => {
    const { account } = crowd();
    const looked = ['equals(external_id,"c0")', 'any(email,["p1@example.com","x@example.com"])', ''].map((filter) => {
      const parsed = parseFilter(filter);
      return narrowProfiles(account, parsed.ok ? parsed.clauses : []).length;
    });
    expect(looked).toEqual([1, expect.toSatisfy((count) => count <= 1), account.profiles.size]);
  });
});

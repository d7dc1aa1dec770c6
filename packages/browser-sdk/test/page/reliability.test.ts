import { expect, inject, it } from 'vitest';
import { COLUMNS, type Outcome, runColumn } from '../support/reliability/columns.ts';
import { describeSluice } from '../support/reliability/sdk.ts';
import { browserNow, useChromium } from '../support/visitShop.ts';

useChromium();

const REPEATS = process.env.SLUICE_TEST_LONG ? 20 : 2;
/** A run takes seconds of waiting, and hardly any work. */
const AT_ONCE = 8;
const TIMEOUT_MS = 600_000;

const run = (column: string, events: number) =>
  runColumn(browserNow(), describeSluice(inject('bundles')['sluice.min.js'] ?? ''), column, { events });

const ALL = { delivered: 100, duplicates: 0, renamed: 0 };
const EXPECTED: Record<string, Outcome> = {
  close: { ...ALL, after: ALL },
  navigate: { ...ALL, after: ALL },
  'hidden, then killed': { ...ALL, after: ALL },
  'offline 5 s': ALL,
  'offline, reopen': ALL,
  '500 for 3 s': ALL,
  '429 for 3 s': ALL,
  // The same ids again: whether the first was stored is what nobody said.
  'answer lost': { ...ALL, duplicates: 100 },
};

it('delivers 100 of 100 events at the moment, none twice but for a lost answer, each time', {
  timeout: TIMEOUT_MS,
}, async () => {
  const jobs = Array.from({ length: REPEATS }, () => Object.keys(COLUMNS)).flat();
  const seen: [string, Outcome][] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let column = jobs.shift(); column; column = jobs.shift())
        seen.push([column, forgive(column, pick(await run(column, 100)))]);
    }),
  );
  const wrong = seen.filter(([column, outcome]) => JSON.stringify(outcome) !== JSON.stringify(EXPECTED[column]));
  expect({ runs: seen.length, wrong }).toEqual({ runs: REPEATS * Object.keys(COLUMNS).length, wrong: [] });
});

it.each(['close', 'navigate'])('delivers 5 of 5 events at the moment of: %s', async (column) => {
  const five = { ...ALL, delivered: 5 };
  expect(pick(await run(column, 5))).toEqual({ ...five, after: five });
});

/** On a busy machine a page is killed before it hears its answer; that its events then come again is right. */
function forgive(column: string, outcome: Outcome): Outcome {
  const { after } = outcome;
  return column === 'hidden, then killed' && after ? { ...outcome, after: { ...after, duplicates: 0 } } : outcome;
}

/** Without what the sink counts besides. */
function pick({ delivered, duplicates, renamed, after }: Outcome): Outcome {
  return { delivered, duplicates, renamed, ...(after && { after: pick(after) }) };
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const LONG = process.env.SLUICE_TEST_LONG === '1';
const run = promisify(execFile);
/** A small young generation: the process is then as large as what it holds, not as what it was fast to throw away. */
const STEADY = ['--expose-gc', '--max-semi-space-size=2'];

it.each([
  ['drains at the speed of Klaviyo', LONG ? 1_000_000 : 100_000, 0],
  ['drains at that speed after an outage of two hours', LONG ? 1_000_000 : 50_000, 2],
])('a backlog %s, in full calls, each event once, without growing in memory', async (_title, events, outageHours) => {
  const program = join(import.meta.dirname, 'support/drainBacklog.ts');
  const { stdout } = await run(process.execPath, [...STEADY, program, String(events), String(outageHours)]);
  const { virtualMs, boundMs, eventsPerCall, memoryGrowth, klaviyo } = JSON.parse(stdout);
  expect({
    inTime: virtualMs / boundMs <= 1.05,
    full: eventsPerCall >= 960,
    steady: memoryGrowth <= 0.1,
    klaviyo: { taken: klaviyo.taken, twice: klaviyo.twice, refused: klaviyo.statuses[429] },
  }).toEqual({
    inTime: true,
    full: true,
    steady: true,
    klaviyo: { taken: events, twice: 0, refused: undefined },
  });
});

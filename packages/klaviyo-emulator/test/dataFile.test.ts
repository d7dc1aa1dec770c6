import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDataFile } from '../src/node/dataFile.ts';
import type { Snapshot } from '../src/state/snapshot.ts';
import { furnish } from './support/corpus/furnish.ts';
import { createTestEmulator, START_MS } from './support/createTestEmulator.ts';

const EMPTY = createTestEmulator().emulator.snapshot();
const A_WHILE_MS = 60_000;

let folder: string;
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'klaviyo-emulator-'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Saves a snapshot and says what another start reads. */
function keep(path: string, snapshot: Snapshot): Snapshot | undefined {
  const file = openDataFile(path, () => snapshot);
  file.touch();
  file.flush();
  return openDataFile(path, () => snapshot).read();
}

const whatFails = (content: string) => {
  const path = join(folder, 'state');
  writeFileSync(path, content);
  try {
    return openDataFile(path, () => EMPTY).read();
  } catch (error) {
    return error instanceof Error && error.message.replace(path, 'FILE');
  }
};

test('a state of every kind is read as it was written, in a folder that was not there', async () => {
  const { emulator } = await furnish();
  const snapshot = emulator.snapshot();
  const path = join(folder, 'some/where/state');
  expect([keep(path, snapshot), existsSync(`${path}.next`), existsSync(`${path}.trial`)]).toEqual([
    snapshot,
    false,
    false,
  ]);
});

test('every row has a line of its own, and only the owner may read it', () => {
  const path = join(folder, 'state');
  const dropped = { atMs: START_MS, what: 'event', reason: 'duplicate', detail: 'o1\no2' } as const;
  const accounts = EMPTY.accounts.map((account) => ({ ...account, dropped: [dropped, dropped] }));
  keep(path, { ...EMPTY, accounts });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect([lines.length, lines.at(-1), (statSync(path).mode & 0o777).toString(8)]).toEqual([5, '{"rows":3}', '600']);
});

const ADVICE = 'Delete the file to start with an empty emulator.';

test.each([
  ['', `Cannot read FILE: It breaks off after 0 rows. ${ADVICE}`],
  ['null', `Cannot read FILE: Expected an object, not null. ${ADVICE}`],
  ['{"version":2}', `Cannot read FILE: The emulator's data has version 2, expected 3. ${ADVICE}`],
  ['{"version":3}', `Cannot read FILE: 'clock' is required. ${ADVICE}`],
  ['{"shop":1}', `Cannot read FILE: 'version' is required. ${ADVICE}`],
])('a file with %j is refused with the reason', (content, reason) => {
  expect(whatFails(content)).toBe(reason);
});

test('a file whose end is missing is refused', () => {
  const path = join(folder, 'whole');
  keep(path, EMPTY);
  const [head = '', row = ''] = readFileSync(path, 'utf8').split('\n');
  expect([whatFails(head), whatFails(`${head}\n${row}\n`)]).toEqual([
    `Cannot read FILE: It breaks off after 0 rows. ${ADVICE}`,
    `Cannot read FILE: It breaks off after 1 rows. ${ADVICE}`,
  ]);
});

test('a place where nothing can be written is an error at the start', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => openDataFile(join(folder, 'file/state'), () => EMPTY)).toThrow(/^Cannot write .*file\/state: /);
});

test('a write that fails later is said once, and tried again until it works', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const path = join(folder, 'data/state');
  const file = openDataFile(path, () => EMPTY);
  rmSync(join(folder, 'data'), { recursive: true });
  file.touch();
  vi.advanceTimersByTime(A_WHILE_MS);
  file.touch();
  vi.advanceTimersByTime(A_WHILE_MS);
  const before = existsSync(path);
  mkdirSync(join(folder, 'data'));
  vi.advanceTimersByTime(A_WHILE_MS);
  expect([said.mock.calls.map(([line]) => String(line).includes('ENOENT')), before, existsSync(path)]).toEqual([
    [true],
    false,
    true,
  ]);
});

test('a change is saved 0.3 seconds later, and an untouched state never', () => {
  const path = join(folder, 'state');
  const file = openDataFile(path, () => EMPTY);
  vi.advanceTimersByTime(A_WHILE_MS);
  const untouched = existsSync(path);
  file.touch();
  vi.advanceTimersByTime(299);
  const early = existsSync(path);
  vi.advanceTimersByTime(1);
  expect([untouched, early, existsSync(path)]).toEqual([false, false, true]);
});

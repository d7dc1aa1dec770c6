import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSpool } from '../../src/node/spool/createSpool.ts';
import { encodeRecord } from '../../src/node/spool/encodeRecord.ts';
import { describeSelf, type Owner } from '../../src/node/spool/owner.ts';
import type { Problem, SpoolOptions } from '../../src/types.ts';
import { holdTime, openSluice } from '../support/openSluice.ts';

/** How many segments more the system has no file descriptor for. */
const unreadable = vi.hoisted(() => ({ count: 0 }));
/** How many writes more find a disk that is full before their end. */
const short = vi.hoisted(() => ({ count: 0 }));
/** How often the disk was waited for. */
const synced = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const readFileSync = (path: string, ...rest: []) => {
    if (path.endsWith('.spool') && unreadable.count-- > 0) throw Object.assign(new Error('busy'), { code: 'EMFILE' });
    return fs.readFileSync(path, ...rest);
  };
  const writeSync = (fd: number, bytes: Buffer) =>
    fs.writeSync(fd, short.count-- > 0 ? bytes.subarray(0, bytes.length / 2) : bytes);
  const fdatasyncSync = (fd: number) => {
    synced.count++;
    fs.fdatasyncSync(fd);
  };
  return { ...fs, readFileSync, writeSync, fdatasyncSync };
});

function makeDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-spool-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(options: SpoolOptions, self?: Owner) {
  const spool = createSpool(options, self);
  const problems: Problem[] = [];
  spool.onProblem = (problem) => problems.push(problem);
  onTestFinished(() => spool.close());
  return { spool, problems, texts: () => spool.adopt(Infinity).map(({ text }) => text) };
}

const files = (dir: string) => readdirSync(dir).map((name) => join(dir, name));
const message = (n: number) => `{"messageId":"m-${n}"}`;

test('what was not settled is there for the next one, and nothing else', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  const numbers = [0, 1, 2, 3].map((n) => spool.append('message', message(n)));
  spool.append('unsubscribe', '{"messageId":"u"}');
  spool.settle([numbers[1] ?? -1, numbers[2] ?? -1]);
  spool.close();
  const adopted = open({ dir }).spool.adopt(Infinity);
  expect(adopted.map(({ kind, text }) => [kind, text])).toEqual([
    ['message', message(0)],
    ['message', message(3)],
    ['unsubscribe', '{"messageId":"u"}'],
  ]);
});

test('leaves nothing behind when everything was settled', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  spool.settle([spool.append('message', message(0))]);
  spool.close();
  expect(readdirSync(dir)).toEqual([]);
});

test('takes nothing from another instance that lives', () => {
  const dir = makeDir();
  const one = open({ dir });
  const other = open({ dir });
  one.spool.append('message', message(1));
  other.spool.append('message', message(2));
  expect([one.texts(), other.texts(), readdirSync(dir).length]).toEqual([[], [], 2]);
});

test('what one container took over from its silent predecessor, another that looks at once leaves to it', () => {
  const dir = makeDir();
  const [before, one, other] = ['1', '2', '3'].map((namespace) =>
    open({ dir }, { ...describeSelf(), boot: 'b', namespace }),
  );
  before?.spool.append('message', message(1));
  const elevenSecondsAgo = Date.now() / 1000 - 11;
  for (const path of files(dir)) utimesSync(path, elevenSecondsAgo, elevenSecondsAgo);
  expect([one?.texts(), other?.texts()]).toEqual([[message(1)], []]);
});

test('only its owner may read it', () => {
  const dir = join(makeDir(), 'deep/er');
  open({ dir }).spool.append('message', message(1));
  expect(
    [statSync(dir), ...files(dir).map((path) => statSync(path))].map(({ mode }) => (mode & 0o777).toString(8)),
  ).toEqual(['700', '600']);
});

test('segments go as they are settled, also while others wait', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  const big = 'x'.repeat(30_000);
  const numbers = Array.from({ length: 300 }, () => spool.append('message', `{"a":"${big}"}`));
  const before = readdirSync(dir).length;
  spool.settle(numbers.slice(0, 200));
  const half = readdirSync(dir).length;
  spool.settle(numbers.slice(200));
  expect([before, half, readdirSync(dir).length]).toEqual([3, 2, 0]);
});

test('takes no more than its bound, says so once, and takes again when there is room', () => {
  const dir = makeDir();
  const { spool, problems } = open({ dir, maxBytes: 400_000 });
  const text = `{"a":"${'x'.repeat(100_000)}"}`;
  const numbers = Array.from({ length: 6 }, () => spool.append('message', text));
  spool.settle(numbers.filter((number) => number >= 0));
  const later = spool.append('message', text);
  expect([numbers.map((number) => number >= 0), later >= 0, problems.map(({ code }) => code)]).toEqual([
    [true, true, true, false, false, false],
    true,
    ['spool_full'],
  ]);
});

test('a damaged record is reported, and its neighbours are kept', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  for (let n = 0; n < 5; n++) spool.append('message', message(n));
  spool.close();
  const [path = ''] = files(dir);
  const file = readFileSync(path);
  file[file.indexOf('m-2')] = 0x21;
  writeFileSync(path, file);
  const next = open({ dir });
  expect([next.texts(), next.problems.map(({ code }) => code)]).toEqual([[0, 1, 3, 4].map(message), ['spool_damaged']]);
});

test('a settled record stays settled when its neighbour is damaged', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  const numbers = [0, 1, 2].map((n) => spool.append('message', message(n)));
  spool.settle([numbers[1] ?? -1]);
  spool.close();
  const [path = ''] = files(dir);
  const file = readFileSync(path);
  file[file.indexOf('m-0')] = 0x21;
  writeFileSync(path, file);
  expect(open({ dir }).texts()).toEqual([message(2)]);
});

test('a file of somebody else under our name is kept, set aside and reported; other files are left alone', () => {
  const dir = makeDir();
  writeFileSync(join(dir, 'free-00000000-1.spool'), 'GIF89a not ours');
  writeFileSync(join(dir, 'notes.txt'), 'mine');
  const { texts, problems } = open({ dir });
  expect([texts(), problems.map(({ code }) => code), readdirSync(dir)]).toEqual([
    [],
    ['spool_foreign'],
    ['free-00000000-1.spool.damaged', 'notes.txt'],
  ]);
});

test('a record that was cut off by a crash is reported, and those before it are kept', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  spool.append('message', message(1));
  spool.close();
  appendFileSync(files(dir)[0] ?? '', '1234567800');
  const next = open({ dir });
  expect([next.texts(), next.problems.map(({ code }) => code)]).toEqual([[message(1)], ['spool_damaged']]);
});

test('adopts as much as there is room for, and the rest later', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  for (let n = 0; n < 300; n++) spool.append('message', `{"a":"${'x'.repeat(30_000)}"}`);
  spool.close();
  const next = open({ dir }).spool;
  const sizes = [
    next.adopt(1000).length,
    next.adopt(5_000_000).length,
    next.adopt(5_000_000).length,
    next.adopt(Infinity).length,
  ];
  expect([sizes[0], sizes.slice(1).every((size) => size > 0), sizes.reduce((sum, size) => sum + size)]).toEqual([
    0,
    true,
    300,
  ]);
});

test.for(['-what is settled', '-{"0":1}', '-[7]', 'm7 not JSON', 'm7 "text"', 'mx {}', 'm{}', ''] as const)(
  'a whole record that says %j costs itself only, and is reported',
  (payload) => {
    const dir = makeDir();
    const records = [`m0 ${message(0)}`, payload, `m1 ${message(1)}`];
    writeFileSync(
      join(dir, 'free-00000000-1.spool'),
      Buffer.concat(records.map((text) => Buffer.from(encodeRecord(text)))),
    );
    const { texts, problems } = open({ dir });
    expect([texts(), problems.map(({ code }) => code)]).toEqual([[message(0), message(1)], ['spool_damaged']]);
  },
);

test('what was settled after a crash that cut a record is not sent again after the next one', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  for (const n of [0, 1]) spool.append('message', message(n));
  spool.close();
  appendFileSync(files(dir)[0] ?? '', encodeRecord(`m2 ${message(2)}`).subarray(0, 20));
  const { spool: next } = open({ dir });
  next.settle(
    next
      .adopt(Infinity)
      .slice(0, 1)
      .map(({ number }) => number),
  );
  next.close();
  expect(open({ dir }).texts()).toEqual([message(1)]);
});

test('a record that the disk took a part of costs neither the one after it nor what was settled', () => {
  const dir = makeDir();
  const { spool, problems } = open({ dir });
  const numbers = [0, 1].map((n) => spool.append('message', message(n)));
  short.count = 1;
  spool.settle(numbers.slice(0, 1));
  spool.append('message', message(2));
  spool.settle(numbers.slice(0, 1));
  spool.close();
  expect([open({ dir }).texts(), problems.map(({ code }) => code)]).toEqual([[1, 2].map(message), ['spool_failed']]);
});

test('a disk that took nothing is asked again a second later, also by a clock that was set back', () => {
  const dir = makeDir();
  const { spool } = open({ dir });
  holdTime();
  short.count = 1;
  const numbers = [spool.append('message', message(0))];
  vi.setSystemTime(0);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
  numbers.push(spool.append('message', message(1)));
  vi.restoreAllMocks();
  expect(numbers.map((number) => number >= 0)).toEqual([false, true]);
});

test('a folder that is named from where the program is stays the same where the program goes', () => {
  const before = process.cwd();
  const dir = makeDir();
  onTestFinished(() => process.chdir(before));
  process.chdir(dir);
  const { spool } = open({ dir: 'spool' });
  process.chdir(before);
  spool.append('message', message(1));
  expect(readdirSync(join(dir, 'spool')).length).toBe(1);
});

test('what earlier processes left takes half of the queue at most, so that there is room for what is new', async () => {
  const dir = makeDir();
  const before = [1, 2, 3].map(() => createSpool({ dir }));
  for (const spool of before) {
    for (let n = 0; n < 4; n++) spool.append('message', message(n));
    spool.close();
  }
  const store = createSpool({ dir });
  onTestFinished(() => store.close());
  const { sluice, sink } = openSluice({ maxQueueEvents: 12 }, { store });
  sink.faults.push({ status: 503, retryAfter: '60' });
  await sluice.flush({ timeoutMs: 1000 });
  const waiting = sluice.waiting;
  for (let n = 0; n < 4; n++) void sluice.track('A', {}, { userId: 'u' });
  expect([waiting, sluice.waiting]).toEqual([8, 12]);
});

test.for(['never', 'interval', 'always'] as const)('keeps what it was given with fsync %s', (fsync) => {
  const dir = makeDir();
  const { spool, problems } = open({ dir, fsync });
  spool.append('message', message(1));
  spool.close();
  expect([open({ dir }).texts(), problems]).toEqual([[message(1)], []]);
});

test.for([
  ['never', 0],
  ['interval', 2],
] as const)(
  'with fsync %s the disk has what a segment holds that is full, or left to the next process',
  ([fsync, expected]) => {
    const { spool } = open({ dir: makeDir(), fsync });
    synced.count = 0;
    for (let n = 0; n < 6; n++) spool.append('message', `{"a":"${'x'.repeat(1_000_000)}"}`);
    spool.close();
    expect(synced.count).toBe(expected);
  },
);

test('a folder that cannot be written is reported, and throws nothing', () => {
  const dir = join(makeDir(), 'file');
  writeFileSync(dir, '');
  const { spool, problems } = open({ dir });
  const numbers = [spool.append('message', message(1)), spool.append('message', message(2))];
  const adopted = spool.adopt(Infinity);
  // The second append asks a broken disk no more.
  expect([numbers, adopted, problems.map(({ code }) => code)]).toEqual([
    [-1, -1],
    [],
    ['spool_failed', 'spool_failed'],
  ]);
});

test('what a later version wrote is set aside, not thrown away', () => {
  const dir = makeDir();
  writeFileSync(join(dir, 'free-00000000-1.spool'), encodeRecord('z0 {"messageId":"later"}'));
  const { texts, problems } = open({ dir });
  expect([texts(), problems.map(({ code }) => code), readdirSync(dir)]).toEqual([
    [],
    ['spool_foreign'],
    ['free-00000000-1.spool.damaged'],
  ]);
});

test('a segment that cannot be read now is taken over later, and gives its place to no other', () => {
  const dir = makeDir();
  for (const n of [0, 1]) {
    const { spool } = open({ dir });
    spool.append('message', message(n));
    spool.close();
  }
  const { spool } = open({ dir });
  const look = (by: typeof spool) => {
    by.search();
    return by.adopt(Infinity).map(({ text }) => text);
  };
  unreadable.count = 1;
  const taken = [look(spool), look(spool), look(spool)].flat();
  spool.close();
  const next = open({ dir }).spool;
  const left = [look(next), look(next)].flat();
  expect([taken.sort(), left.sort()]).toEqual([
    [message(0), message(1)],
    [message(0), message(1)],
  ]);
});

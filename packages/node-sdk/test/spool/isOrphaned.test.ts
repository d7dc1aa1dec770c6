import { expect, test } from 'vitest';
import { isOrphaned } from '../../src/node/spool/isOrphaned.ts';
import { describeSelf, FREE, nameSegment, type Owner, parseName, readStart } from '../../src/node/spool/owner.ts';

const here: Owner = { host: 'aaaaaaaa', boot: 'b0', namespace: '1', pid: 10, start: '500', random: '00000000' };
const NOW_MS = 1_000_000_000;
const BEATING_MS = NOW_MS - 9000;
const SILENT_MS = NOW_MS - 11_000;
const FRESH_MS = NOW_MS - 29_000;
const STALE_MS = NOW_MS - 31_000;
const running: Record<number, string> = { 10: '500', 11: '600', 12: '' };

test.for([
  ['a freed segment', FREE, FRESH_MS, true],
  ['an owner that runs', { ...here, pid: 11, start: '600' }, FRESH_MS, false],
  ['an owner that runs, however long its event loop is blocked', { ...here, pid: 11, start: '600' }, STALE_MS, false],
  ['an owner whose process is gone', { ...here, pid: 99 }, FRESH_MS, true],
  ['an owner whose pid another process has now', { ...here, pid: 11, start: '599' }, FRESH_MS, true],
  ['another instance in this process', { ...here, random: '11111111' }, STALE_MS, false],
  ['an owner from before the machine was restarted', { ...here, boot: 'b1', pid: 11, start: '600' }, STALE_MS, true],
  ['an owner on another machine of the same name that was just seen', { ...here, boot: 'b1' }, FRESH_MS, false],
  ['an owner in another container that was just seen', { ...here, namespace: '2', pid: 99 }, BEATING_MS, false],
  [
    'an owner in the container that this one replaced, under another name',
    { ...here, host: 'cccccccc', namespace: '2', pid: 11, start: '600' },
    SILENT_MS,
    true,
  ],
  [
    'an owner on another machine that was just seen',
    { ...here, host: 'cccccccc', boot: 'b1', pid: 99 },
    FRESH_MS,
    false,
  ],
  ['an owner on another machine that is long gone', { ...here, host: 'cccccccc', boot: 'b1' }, STALE_MS, true],
  ['an owner on another machine, by a clock that was a year ahead', { ...here, boot: 'b1' }, NOW_MS * 32, true],
  ['a pid of which nothing but its being there is known, just seen', { ...here, pid: 12 }, FRESH_MS, false],
  ['a pid of which nothing but its being there is known, long silent', { ...here, pid: 12 }, STALE_MS, true],
] as const)('%s', ([, owner, touchedMs, expected]) => {
  expect(isOrphaned(owner, { here, startOf: (pid) => running[pid], touchedMs, nowMs: NOW_MS })).toBe(expected);
});

test('a name says whose a segment is, and a stranger’s name says nothing', () => {
  const self = describeSelf();
  const names = [
    nameSegment(self, 7),
    nameSegment(FREE, 7),
    'notes.txt',
    '.spool',
    'free-7.spool',
    `${nameSegment(self, 7)}.damaged`,
  ];
  expect(names.map(parseName)).toEqual([self, FREE, undefined, undefined, undefined, undefined]);
});

test('knows when this process started, and that some process does not run', () => {
  expect([readStart(process.pid), readStart(5_000_000)]).toEqual([
    process.platform === 'linux' ? expect.stringMatching(/^\d+$/) : '',
    undefined,
  ]);
});

import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSink, type Sink } from '../support/createSink.ts';
import { runChild, startChild } from '../support/runChild.ts';
import { serve } from '../support/serve.ts';

const ALL = Array.from({ length: 100 }, (_, n) => `m-${n}`);
const ids = ({ stored }: Sink) => [...stored.keys()];

async function setUp() {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-exit-'));
  const sink = createSink();
  const served = await serve(sink);
  onTestFinished(async () => {
    await served.close();
    rmSync(dir, { recursive: true });
  });
  return { dir, sink, url: served.url };
}

test.for([
  ['process.exit', 'exit', 0],
  ['SIGKILL', 'SIGKILL', 'SIGKILL'],
  ['an error that nobody catches', 'throw', 1],
] as const)('with a spool the next start sends what was tracked before %s', async ([, end, expected]) => {
  const { dir, sink, url } = await setUp();
  const { ended } = await runChild(url, dir, end);
  const before = ids(sink).length;
  await runChild(url, dir, 'resume');
  expect([ended, before, ids(sink), sink.repeated, readdirSync(dir)]).toEqual([expected, 0, ALL, 0, []]);
});

test.for([
  ['a process that has nothing left to do', 'return', 0],
  ['SIGTERM, which then ends the process as ever', 'SIGTERM', 'SIGTERM'],
  ['SIGINT, which then ends the process as ever', 'SIGINT', 'SIGINT'],
  ['SIGTERM, whose outcome is the application’s where it listens itself', 'own listener', 7],
] as const)('sends what waits at the end of %s', async ([, end, expected]) => {
  const { sink, url } = await setUp();
  expect([await runChild(url, '-', end), ids(sink)]).toEqual([{ ended: expected, errors: '' }, ALL]);
});

test.for([
  ['listens for SIGTERM itself', 'draining'],
  ['is the first of a container, which no signal ends', 'first process'],
] as const)('an order that a process finishes after SIGTERM is sent, where it %s', async ([, end]) => {
  const { sink, url } = await setUp();
  expect([await runChild(url, '-', end), ids(sink)]).toEqual([{ ended: 7, errors: '' }, [...ALL, 'late']]);
});

test('without a spool process.exit loses what waits, and says how much', async () => {
  const { sink, url } = await setUp();
  expect([await runChild(url, '-', 'exit'), ids(sink)]).toEqual([{ ended: 0, errors: 'lost_at_exit\n' }, []]);
});

test('SIGTERM while nobody answers leaves it to the next start', async () => {
  const { dir, sink, url } = await setUp();
  sink.faults.push(503);
  sink.faults.push({ status: 503, retryAfter: '60' });
  const { ended } = await runChild(url, dir, 'SIGTERM');
  await runChild(url, dir, 'resume');
  expect([ended, ids(sink)]).toEqual(['SIGTERM', ALL]);
});

test('a process that is killed while it sends: the next start sends the rest, under the same ids', async () => {
  const { dir, sink, url } = await setUp();
  sink.faults.push('lost', { status: 503, retryAfter: '60' });
  const child = startChild(url, dir, 'busy');
  await once(child.stderr, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await runChild(url, dir, 'resume');
  expect([ids(sink), sink.problems]).toEqual([ALL, []]);
});

test('an idle process ends at once, spool or not', async () => {
  const { dir, url } = await setUp();
  expect(await Promise.all([runChild(url, '-', 'idle'), runChild(url, dir, 'idle')])).toEqual([
    { ended: 0, errors: '' },
    { ended: 0, errors: '' },
  ]);
});

test('several processes share a folder, and each event goes once', async () => {
  const { dir, sink, url } = await setUp();
  await Promise.all([1, 2].map(() => runChild(url, dir, 'exit')));
  const both = await Promise.all([1, 2, 3].map(() => runChild(url, dir, 'resume')));
  // The two wrote the same hundred ids, so each came twice, and not more often.
  expect([both.map(({ ended }) => ended), new Set(ids(sink)).size, sink.repeated, readdirSync(dir)]).toEqual([
    [0, 0, 0],
    100,
    100,
    [],
  ]);
});

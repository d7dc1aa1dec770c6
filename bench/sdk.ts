import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from '../packages/browser-sdk/test/support/chromium.ts';
import { COLUMNS, runColumn } from '../packages/browser-sdk/test/support/reliability/columns.ts';
import { type Cost, measureCost } from '../packages/browser-sdk/test/support/reliability/measureCost.ts';
import { describeSluice } from '../packages/browser-sdk/test/support/reliability/sdk.ts';
import type { BenchResult } from './Bench.ts';
import { countAtKlaviyo, type Held } from './sdk/countAtKlaviyo.ts';
import { loadPeers } from './sdk/loadPeers.ts';
import { NAIVE } from './sdk/naive.ts';

const SDK_DIR = join(import.meta.dirname, '../packages/browser-sdk');
const EVENTS = 100;
/** A peer's cell is one run; ours must hold each time, which the tests of the SDK repeat. */
const OUR_RUNS = 3;
const COST_RUNS = 5;
const AT_ONCE = 4;
const AT_KLAVIYO = 'Sluice, held by Klaviyo';
const MAX_GZIP_BYTES = 3400;
const MAX_WIRE_BYTES = 8200;

/** What SDKs deliver when a page ends or a network fails, and what they cost the page, in a real Chromium. */
export async function benchSdk(): Promise<BenchResult> {
  execFileSync(join(SDK_DIR, 'node_modules/.bin/rollup'), ['-c'], { cwd: SDK_DIR, stdio: 'ignore' });
  const ours = describeSluice(readFileSync(join(SDK_DIR, 'dist/sluice.min.js'), 'utf8'));
  const { chromium } = createRequire(join(SDK_DIR, 'package.json'))('playwright-core');
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS });
  const rows: string[][] = [];
  const misses: string[] = [];
  const costs = new Map<string, Cost>();
  try {
    for (const sdk of [ours, NAIVE, ...loadPeers()]) {
      const jobs = Object.keys(COLUMNS).flatMap((column) => Array<string>(sdk === ours ? OUR_RUNS : 1).fill(column));
      const cells = new Map<string, Set<string>>();
      const work = async () => {
        for (let column = jobs.shift(); column; column = jobs.shift()) {
          const outcome = await runColumn(browser, sdk, column, { events: EVENTS });
          cells.set(column, (cells.get(column) ?? new Set()).add(describe(outcome)));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      const cost = median(await inTurn(COST_RUNS, () => measureCost(browser, sdk)));
      costs.set(sdk.name, cost);
      const size = gzipSync(sdk.script, { level: 9 }).length;
      rows.push([
        sdk.name,
        size.toLocaleString('en-US'),
        ...Object.keys(COLUMNS).map((column) => [...(cells.get(column) ?? [])].join(' or ')),
        cost.evaluateMs.toFixed(1),
        (1000 * (cost.trackMs / EVENTS)).toFixed(0),
        cost.taskMs.toFixed(0),
        String(cost.requests),
        cost.bytes.toLocaleString('en-US'),
      ]);
      if (sdk !== ours) continue;
      misses.push(...missesOf(cells, size));
      const held = await countAtKlaviyo(browser, ours.script, { events: EVENTS, atOnce: AT_ONCE });
      rows.push([AT_KLAVIYO, '', ...[...held.values()].map(describe), '', '', '', '', '']);
      misses.push(...heldMisses(held));
    }
  } finally {
    await browser.close();
  }
  const [our, naive] = [costs.get(ours.name), costs.get(NAIVE.name)] as [Cost, Cost];
  misses.push(...costMisses(our, naive));
  return {
    title: 'The browser SDK beside its peers',
    method: `In Chromium: ${EVENTS} events in one loop, at a collector on loopback that answers after 80 ms; a cell is how many arrived, \`→\` when the visitor was back and had done one thing more, \`+\` how many came twice. Ours ${OUR_RUNS} runs a cell, the others one, up to ${AT_ONCE} at a time; on a busy machine a peer may do better or worse by a request. Peers are the published packages of bench/sdk/peers.ts, bundled by esbuild, their settings answered on loopback. The naive control is an array and one request. The row "${AT_KLAVIYO}" is one run more a cell with the collector passing on what it takes to the real proxy, the emulator behind it: how many distinct events the emulator holds in the end, \`+\` how many it holds twice. Costs are the median of ${COST_RUNS} runs of ${EVENTS} events: milliseconds to evaluate the script, microseconds a call, milliseconds of the main thread's work until all had arrived, requests, bytes of their bodies. 100 writes to localStorage as long as what ours stores for an event took ${(10 * our.setItemMs).toFixed(0)} µs each.`,
    columns: [
      'SDK',
      'bytes, gzip',
      ...Object.keys(COLUMNS),
      'evaluate, ms',
      'track, µs',
      'task, ms',
      'requests',
      'bytes sent',
    ],
    rows,
    misses,
  };
}

function describe({ delivered, duplicates, after }: Held & { after?: Held }): string {
  const count = (it: Held) => (it.duplicates > 0 ? `${it.delivered} +${it.duplicates}` : `${it.delivered}`);
  const now = count({ delivered, duplicates });
  return after && count(after) !== now ? `${now}→${count(after)}` : now;
}

function missesOf(cells: Map<string, Set<string>>, size: number): string[] {
  const misses = [...cells].flatMap(([column, seen]) => {
    const wanted = column === 'answer lost' ? `${EVENTS} +${EVENTS}` : `${EVENTS}`;
    return [...seen].filter((cell) => cell !== wanted).map((cell) => `${column}: ${cell}, and not ${wanted}`);
  });
  if (size > MAX_GZIP_BYTES) misses.push(`the script is ${size} bytes gzip, and not at most ${MAX_GZIP_BYTES}`);
  return misses;
}

/** Klaviyo knows an event by its id: what a lost answer made come twice is there once. */
function heldMisses(held: Map<string, Held>): string[] {
  return [...held]
    .map(([column, outcome]) => [column, describe(outcome)])
    .filter(([, cell]) => cell !== `${EVENTS}`)
    .map(([column, cell]) => `${column}: Klaviyo holds ${cell}, and not ${EVENTS}`);
}

function costMisses(our: Cost, naive: Cost): string[] {
  const checks: [string, number, number][] = [
    ['ms to evaluate', our.evaluateMs, 2 * naive.evaluateMs],
    ['ms of 100 calls', our.trackMs, 2 * our.setItemMs],
    ['ms of task time', our.taskMs, 3 * naive.taskMs],
    ['requests', our.requests, 2],
    ['bytes sent', our.bytes, MAX_WIRE_BYTES],
  ];
  return checks
    .filter(([, is, max]) => is > max)
    .map(([what, is, max]) => `${what}: ${is.toFixed(1)}, and not at most ${max.toFixed(1)}`);
}

async function inTurn<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < times; n++) results.push(await run());
  return results;
}

function median(costs: Cost[]): Cost {
  const of = (key: keyof Cost) => costs.map((cost) => cost[key]).sort((a, b) => a - b)[costs.length >> 1] as number;
  const keys: (keyof Cost)[] = ['evaluateMs', 'trackMs', 'setItemMs', 'taskMs', 'requests', 'bytes'];
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as unknown as Cost;
}

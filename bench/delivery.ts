import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Phase, Sizes } from '../packages/edge-proxy/test/bench/phase.ts';
import { median } from './averages.ts';
import type { BenchResult } from './Bench.ts';
import { type BenchWorker, startBench } from './startBench.ts';

const REQUESTS = 500;
const EVENTS_PER_REQUEST = 20;
const WARM_UP_ROUNDS = 4;
const ROUNDS = 15;
const BACKLOG_EVENTS = 100_000;
const MAX_CALLS_PER_THOUSAND = 1.1;
const DRAIN = join(import.meta.dirname, '../packages/edge-proxy/test/model/support/drainBacklog.ts');

interface Step {
  readonly phase: Phase;
  /** JSON.parse and JSON.stringify of what the step works on. */
  readonly beside: Phase;
  readonly bytes: keyof Sizes;
  /** With what is stored in memory alone. */
  readonly maxRatio?: number;
}

const STEPS: readonly Step[] = [
  { phase: 'ingest', beside: 'parseBodies', bytes: 'bodies' },
  { phase: 'collect', beside: 'parseEvents', bytes: 'messages', maxRatio: 4 },
  { phase: 'deliver', beside: 'parseItems', bytes: 'items', maxRatio: 3 },
];
const PHASES: readonly Phase[] = [
  ...(['prepare', 'ingest', 'parseBodies', 'writeEvents', 'collect', 'parseEvents'] as const),
  ...(['deliver', 'parseItems'] as const),
];

/** What each step of an event's way takes of the CPU in workerd, against parsing and writing the same bytes as JSON. */
export async function benchDelivery(): Promise<BenchResult> {
  const worker = await startBench();
  const rows: string[][] = [];
  const misses: string[] = [];
  try {
    for (const storage of ['memory', 'sqlite'] as const) {
      const { cpuMs, sizes } = await measure(worker, storage);
      for (const { phase, beside, bytes, maxRatio } of STEPS) {
        const ratio = cpuMs[phase] / cpuMs[beside];
        const limit = storage === 'memory' ? maxRatio : undefined;
        const name = storage === 'memory' ? phase : `${phase}, on SQLite`;
        // Ingest stores nothing, so the second time would only be the first again.
        if (storage === 'sqlite' && phase === 'ingest') continue;
        const micros = [cpuMs[beside], cpuMs[phase]].map((ms) => ((ms * 1000) / EVENTS).toFixed(1));
        rows.push([name, String(Math.round(sizes[bytes] / EVENTS)), ...micros, ratio.toFixed(1), limitText(limit)]);
        if (limit !== undefined && ratio > limit)
          misses.push(`${name}: ${ratio.toFixed(1)} times parse and stringify, at most ${limit} wanted`);
      }
    }
  } finally {
    worker.stop();
  }
  const calls = await callsPerThousand();
  rows.push(['Klaviyo calls per 1,000 events', '', '', '', calls.toFixed(3), limitText(MAX_CALLS_PER_THOUSAND)]);
  if (calls > MAX_CALLS_PER_THOUSAND)
    misses.push(`${calls.toFixed(3)} Klaviyo calls per 1,000 events, at most ${MAX_CALLS_PER_THOUSAND} wanted`);
  return { title: 'What an event costs on its way', method: METHOD, columns: COLUMNS, rows, misses };
}

const EVENTS = REQUESTS * EVENTS_PER_REQUEST;

const COLUMNS = ['step', 'bytes an event', 'parse + stringify (µs)', 'step (µs)', 'ratio', 'at most'];

const METHOD =
  `CPU time an event of a workerd process (all threads, garbage collection included), medians of ${ROUNDS} rounds of ${EVENTS.toLocaleString('en')} events after ${WARM_UP_ROUNDS} to warm up, ` +
  `each step beside \`JSON.parse\` and \`JSON.stringify\` of the bytes that it is handed; collect of the events that these stand for, each whole, since a queue message says once what they have in common: ` +
  `ingest a request's body of ${EVENTS_PER_REQUEST} events (read, check, consent, write the queue message), collect queue messages in batches of 100 (read, map, pack into rows, copy as an RPC does), ` +
  `deliver what is in the inbox (look up, HMAC, freeze, build the request, read the answer, settle). ` +
  `The events are those of packages/edge-proxy/test/model/support/shopEvents.ts as the browser SDK sends them. Storage, queue, database and network are objects in memory; on SQLite the Durable Object's storage is the runtime's, on disk. ` +
  `The last row is the drain of a backlog of ${BACKLOG_EVENTS.toLocaleString('en')} events in virtual time.`;

const limitText = (limit: number | undefined) => (limit === undefined ? '' : String(limit));

async function measure(worker: BenchWorker, storage: 'memory' | 'sqlite') {
  const spent = new Map<Phase, number[]>(PHASES.map((phase) => [phase, []]));
  let sizes: Sizes | undefined;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const phase of PHASES) {
      const before = worker.cpuMs();
      sizes = await worker.ask<Sizes>(storage, `/${storage}/${phase}?requests=${REQUESTS}`);
      if (round >= WARM_UP_ROUNDS) spent.get(phase)?.push(worker.cpuMs() - before);
    }
  }
  if (!sizes) throw new Error('no round was run');
  const medians = [...spent].map(([phase, cpuMs]) => [phase, median(cpuMs)] as const);
  return { cpuMs: Object.fromEntries(medians) as Record<Phase, number>, sizes };
}

async function callsPerThousand(): Promise<number> {
  const args = ['--expose-gc', DRAIN, String(BACKLOG_EVENTS), '0'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return 1000 / JSON.parse(stdout).eventsPerCall;
}

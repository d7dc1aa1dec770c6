import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Operations, Traffic } from '../packages/edge-proxy/test/bench/traffic.ts';
import type { BenchResult } from './Bench.ts';
import { PRICES } from './prices.ts';
import { type BenchWorker, startBench } from './startBench.ts';

const MIGRATIONS = join(import.meta.dirname, '../packages/edge-proxy/migrations');
const MILLION = 1_000_000;
const EVENTS = 100_000;
/** The queue's, in packages/edge-proxy/wrangler.jsonc. */
const BATCH = { maxBatchMessages: 100, maxBatchWaitMs: 1000 };
const KLAVIYO_LATENCY_MS = 300;

interface Scenario {
  readonly eventsPerRequest: number;
  readonly eventsPerSecond: number;
  /** Dollars a million events may cost at most. */
  readonly target?: number;
}

const SCENARIOS: readonly Scenario[] = [
  { eventsPerRequest: 1, eventsPerSecond: 1000 },
  { eventsPerRequest: 5, eventsPerSecond: 1000, target: 0.45 },
  { eventsPerRequest: 20, eventsPerSecond: 1000, target: 0.15 },
  { eventsPerRequest: 5, eventsPerSecond: 100 },
  { eventsPerRequest: 20, eventsPerSecond: 100 },
];

/** What a million events cost at Cloudflare's list prices, from the operations that they cause. */
export async function benchCost(): Promise<BenchResult> {
  const worker = await startBench();
  const rows: string[][] = [];
  const misses: string[] = [];
  try {
    for (const scenario of SCENARIOS) {
      const { eventsPerRequest, eventsPerSecond, target } = scenario;
      const { operations, cpuMs } = await measure(worker, scenario);
      const parts = price(operations, cpuMs);
      const sum = Object.values(parts).reduce((total, dollars) => total + dollars, 0);
      const later = operations.identities * PRICES.rowWritten;
      const dollars = [sum, ...Object.values(parts), later].map((each) => perMillion(each).toFixed(3));
      const counts = [operations.rows.written, operations.d1.written, operations.klaviyoCalls];
      const title = `${eventsPerRequest} a request, ${eventsPerSecond.toLocaleString('en')}/s`;
      rows.push([title, ...dollars, ...counts.map((n) => Math.round(perMillion(n)).toLocaleString('en'))]);
      if (target !== undefined && perMillion(sum) > target)
        misses.push(`${title}: ${perMillion(sum).toFixed(3)} dollars a million events, at most ${target} wanted`);
    }
  } finally {
    worker.stop();
  }
  return { title: 'What a million events cost', method: METHOD, columns: COLUMNS, rows, misses };
}

const COLUMNS = [
  'traffic',
  'dollars',
  'requests',
  'queue',
  'CPU',
  'object: requests',
  'object: time',
  'object: rows',
  'D1: rows',
  'not in the sum: D1 rows deleted later',
  'object rows written',
  'D1 rows written',
  'Klaviyo calls',
];

const METHOD =
  `US dollars a million events at Cloudflare's list prices (bench/prices.ts), without what the plan includes. ` +
  `${EVENTS.toLocaleString('en')} events of packages/edge-proxy/test/model/support/shopEvents.ts, as the browser SDK sends them, go from request to Klaviyo's answer in workerd, in virtual time: ` +
  `the real ingest, collect and delivery, on a Durable Object's own SQLite, whose cursors count the rows of tables and indexes that are billed, D1's likewise. ` +
  `The queue hands over ${BATCH.maxBatchMessages} messages or what came in ${BATCH.maxBatchWaitMs} ms; Klaviyo answers after ${KLAVIYO_LATENCY_MS} ms. ` +
  `Each request is one visitor's, three quarters of them seen once, one in three known by e-mail, which is a row of D1; one event in 33 is an order of three lines. ` +
  `CPU is that of the whole process, the making of the traffic included. At 1,000 events/s, 5 a request may cost 0.45 and 20 a request 0.15; ` +
  `with less traffic each queue batch and each call carries less, so that a million events need more of them. ` +
  `Retention deletes a visitor's row of D1 after 400 days, which is a row written again: the last dollars, not in the sum. Storage is not in it either.`;

const perMillion = (n: number) => (n / EVENTS) * MILLION;

async function measure(worker: BenchWorker, { eventsPerRequest, eventsPerSecond }: Scenario) {
  const files = (await readdir(MIGRATIONS)).sort();
  const migrations = await Promise.all(files.map((file) => readFile(join(MIGRATIONS, file), 'utf8')));
  const latencyMs = KLAVIYO_LATENCY_MS;
  const traffic: Traffic = { events: EVENTS, eventsPerRequest, eventsPerSecond, latencyMs, migrations, ...BATCH };
  const before = worker.cpuMs();
  const account = `${eventsPerRequest} at ${eventsPerSecond}`;
  const operations = await worker.ask<Operations>(account, '/traffic', traffic);
  return { operations, cpuMs: worker.cpuMs() - before };
}

function price(done: Operations, cpuMs: number) {
  const { request, cpuMs: cpu, queueOperation, objectRequest, objectSecond, rowWritten, rowRead } = PRICES;
  return {
    requests: (done.requests + done.consumerBatches + done.wakes) * request,
    queue: done.queueOperations * queueOperation,
    cpu: cpuMs * cpu,
    objectRequests: (done.stores + done.alarms + done.wakes) * objectRequest,
    objectTime: (done.activeMs / 1000) * objectSecond,
    objectRows: done.rows.written * rowWritten + done.rows.read * rowRead,
    d1Rows: done.d1.written * rowWritten + done.d1.read * rowRead,
  };
}

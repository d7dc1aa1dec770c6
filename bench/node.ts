import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../scripts/stack/runToEnd.ts';
import type { BenchResult } from './Bench.ts';
import { countAtEmulator } from './node/countAtEmulator.ts';
import {
  inTurns,
  measureEnd,
  measureEnqueue,
  measureMemory,
  measureSending,
  measureTrouble,
  type Trouble,
} from './node/measure.ts';
import type { Fault } from './node/startSink.ts';
import { OURS, SUBJECTS, type Subject } from './node/subjects.ts';

const ROOT = join(import.meta.dirname, '..');
const RUNS = 5;
const SENT = 50_000;
const SENDING_RUNS = 7;
const QUEUED = 100_000;
const THROUGH_TROUBLE = 1000;
const PATIENCE_MS = 30_000;
const AT_END = 100;
const KILLS = 3;
const MAX_ENQUEUE_SHARE = 1 / 3;
const MAX_MEMORY_SHARE = 0.4;
const MB = 1_000_000;

const someOf = (fault: Fault) => (request: number) => (request % 3 === 2 ? 'ok' : fault);
const TROUBLES: readonly Trouble[] = [
  { name: '500', faultOf: someOf(500) },
  { name: '429', faultOf: someOf(429) },
  { name: 'sink down for 3 s', downMs: 3000 },
  { name: 'reset', faultOf: someOf('reset') },
  { name: 'lost answers', faultOf: someOf('lost') },
];
const ENDS = ['exit', 'SIGTERM', 'SIGKILL'] as const;
/** The loop alone, which is not the SDK's cost. */
const LOOP: Subject = { title: 'none', client: 'none', hasSpool: false };

type Figures = ReadonlyMap<Subject, number>;

/** The Node SDK beside its peers from the registry, in one run. */
export async function benchNode(): Promise<BenchResult> {
  // What is measured is what is published, and the stack serves builds too.
  await runToEnd('turbo', ['run', 'build', '--output-logs=errors-only'], {
    cwd: ROOT,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    signal: new AbortController().signal,
  });
  const rows: string[][] = [];
  const misses: string[] = [];
  const add = (title: string, cells: readonly string[], wanted: string, isMet: boolean | undefined) => {
    rows.push([title, ...cells, wanted, isMet === undefined ? '' : isMet ? 'yes' : 'no']);
    if (isMet === false) misses.push(`${title}: ${cells[0]} and ${cells[1]}, wanted ${wanted}`);
  };

  const enqueue = await measureShares(measureEnqueue);
  add(
    'CPU until queued (µs an event)',
    enqueue.cells,
    'at most 1/3 of the lowest peer',
    enqueue.share <= MAX_ENQUEUE_SHARE,
  );
  add('… of the lowest peer', enqueue.shares, '', undefined);
  const memory = await measureShares(async (subject) => (await measureMemory(subject, QUEUED)).rss / MB);
  add(
    `memory of ${QUEUED.toLocaleString('en')} queued (MB)`,
    memory.cells,
    'at most 40 % of the lowest peer',
    memory.share <= MAX_MEMORY_SHARE,
  );
  add('… of the lowest peer', memory.shares, '', undefined);

  const micros = new Map<Subject, number>();
  const perSecond = await inTurns(SUBJECTS, SENDING_RUNS, async (subject) => {
    const sent = await measureSending(subject, SENT);
    micros.set(subject, Math.min(sent.micros, micros.get(subject) ?? Infinity));
    return sent.perSecond;
  });
  const fastest = Math.max(...peersOf(perSecond));
  add('events/s to a sink', cellsOf(perSecond, 0), 'above all peers', ours(perSecond) > fastest);
  add('CPU until delivered (µs an event)', cellsOf(micros, 1), '', undefined);

  for (const trouble of TROUBLES) {
    const found = await Promise.all(
      SUBJECTS.map((subject) => measureTrouble(subject, trouble, THROUGH_TROUBLE, PATIENCE_MS)),
    );
    const cells = found.map(
      ({ events, withSeveralIds }) => `${events}${withSeveralIds > 0 ? ` (${withSeveralIds} under several ids)` : ''}`,
    );
    const isMet = found
      .slice(0, 2)
      .every(({ events, withSeveralIds }) => events === THROUGH_TROUBLE && withSeveralIds === 0);
    add(`${trouble.name}: delivered of ${THROUGH_TROUBLE}`, cells, `${THROUGH_TROUBLE}, same ids`, isMet);
  }
  for (const how of ENDS) {
    const counts: number[] = [];
    for (const subject of SUBJECTS) counts.push(await measureEnd(subject, how, AT_END));
    add(`${how}: delivered of ${AT_END}`, counts.map(String), `${AT_END} with the spool`, counts[1] === AT_END);
  }
  const dir = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const seen = await countAtEmulator({ dir, kills: KILLS, eventsEach: AT_END });
  await rm(dir, { recursive: true });
  const all = KILLS * AT_END;
  add(
    `${KILLS} kills, through the proxy: orders at the emulator of ${all}`,
    ['', `${seen.orders} (${seen.repeated} repeated)`],
    `${all}, none repeated`,
    seen.orders === all && seen.repeated === 0,
  );
  return { title: 'The Node SDK beside its peers', method: METHOD, columns: COLUMNS, rows: rows.map(padded), misses };
}

const COLUMNS = ['', ...SUBJECTS.map(({ title }) => title), 'wanted', 'met'];

const METHOD =
  `Each figure is of a Node process of its own that tracks the same orders (bench/node/order.ts), read as a back end reads them; the sink is another process on the loopback interface. ` +
  `CPU is that of all threads, garbage collection included, without the loop that makes the orders; medians of ${RUNS} processes in turns, 40 rounds of 1,000 events after 20 to warm up, ten events a turn of the event loop, nothing being sent, nobody looking at the promise of a call. ` +
  `What an SDK leaves for later is not in it: ours writes the message out as JSON at once, the others when they send; the CPU until delivered has both, over ${SENT.toLocaleString('en')} events, start and warm-up included, the lowest of ${SENDING_RUNS} runs; events a second are the median of these. ` +
  `Memory is what the process's resident set grew by. All peers have their defaults, but for queue bounds large enough to drop nothing. ` +
  `Trouble strikes two of three requests; counted is what arrived within ${PATIENCE_MS / 1000} s. At the ends the process tracks ${AT_END} events in one turn and ends; with the spool, the next start sends them. The last row goes through the real proxy to the emulator of Klaviyo.`;

async function measureShares(measure: (subject: Subject) => Promise<number>) {
  const measured = await inTurns([LOOP, ...SUBJECTS], RUNS, measure);
  const loop = measured.get(LOOP) ?? 0;
  const net = new Map(SUBJECTS.map((subject) => [subject, (measured.get(subject) ?? 0) - loop]));
  const lowest = Math.min(...peersOf(net));
  return {
    cells: cellsOf(net, 1),
    shares: [...net.values()].map((value) => (value / lowest).toFixed(2)),
    share: ours(net) / lowest,
  };
}

const cellsOf = (figures: Figures, digits: number) =>
  SUBJECTS.map((subject) =>
    (figures.get(subject) ?? 0).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
const peersOf = (figures: Figures) => [...figures].filter(([{ client }]) => client !== OURS).map(([, value]) => value);
const ours = (figures: Figures) => figures.get(SUBJECTS[0] as Subject) ?? Number.NaN;

/** Rows that say nothing of the peers. */
function padded(row: string[]): string[] {
  const missing = COLUMNS.length - row.length;
  return [...row.slice(0, -2), ...Array(missing).fill(''), ...row.slice(-2)];
}

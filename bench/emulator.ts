import { createEmulator, type EmulatorOptions } from '../packages/klaviyo-emulator/src/index.ts';
import { mean, median } from './averages.ts';
import type { BenchResult } from './Bench.ts';
import { bulkEventsBody } from './bulkEventsBody.ts';
import { measureCpu } from './measureCpu.ts';

const MAX_RATIO = 10;
const EVENTS = 1000;
const WARM_UP_ROUNDS = 10;
const ROUNDS = 40;
const BETWEEN_ROUNDS_MS = 10_000;
const KB = 1000;
const MB = 1_000_000;

interface Scenario {
  readonly name: string;
  readonly profiles: number;
  readonly keep?: { events: number; profiles: number };
}

const SCENARIOS: readonly Scenario[] = [
  { name: '50 profiles a body', profiles: 50 },
  { name: '50 profiles a body, full caps', profiles: 50, keep: { events: 10_000, profiles: 500 } },
  { name: '1,000 profiles a body', profiles: 1000 },
];

/** What the emulator takes of the CPU for a bulk body, against a bare JSON.parse of the same body. */
export async function benchEmulator(): Promise<BenchResult> {
  const rows: string[][] = [];
  const misses: string[] = [];
  for (const scenario of SCENARIOS) {
    const { bodyKb, parseMs, takeMs, stateMb } = await measure(scenario);
    const ratio = median(takeMs) / median(parseMs);
    const means = mean(takeMs) / mean(parseMs);
    rows.push([scenario.name, bodyKb, median(parseMs), median(takeMs), ratio, means, stateMb].map(figure));
    if (ratio > MAX_RATIO)
      misses.push(`${scenario.name}: ${figure(ratio)} times JSON.parse, at most ${MAX_RATIO} wanted`);
  }
  return {
    title: 'What the emulator costs',
    method:
      `One bulk body of ${EVENTS} events, with new ids each round: CPU time of the process (all threads, garbage collection included) for \`JSON.parse\` of its text, ` +
      `and for \`emulator.fetch\` of it with every event stored and readable. Medians of ${ROUNDS} rounds, both in turn. ` +
      `No ratio may be above ${MAX_RATIO}, also with a thousand new people in one body, the worst case. Means show what medians leave out: rounds in which much garbage was collected. The state is the snapshot after the last round.`,
    columns: ['body', 'size (KB)', 'JSON.parse (ms)', 'emulator (ms)', 'ratio', 'ratio of the means', 'state (MB)'],
    rows,
    misses,
  };
}

const figure = (value: string | number) => (typeof value === 'number' ? value.toFixed(1) : value);

async function measure({ profiles, keep }: Scenario) {
  const options: EmulatorOptions = { clock: { startMs: Date.UTC(2026, 10, 1) }, visibilityDelayMs: 0 };
  const emulator = createEmulator(keep ? { ...options, keep } : options);
  const parseMs: number[] = [];
  const takeMs: number[] = [];
  let bytes = 0;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const text = bulkEventsBody({ events: EVENTS, profiles, round });
    bytes = Buffer.byteLength(text);
    const parse = await measureCpu(() => JSON.parse(text));
    const request = bulkRequest(text);
    const take = await measureCpu(() => emulator.fetch(request).then(expectAccepted));
    emulator.clock.advance(BETWEEN_ROUNDS_MS);
    if (round < WARM_UP_ROUNDS) continue;
    parseMs.push(parse);
    takeMs.push(take);
  }
  const wanted = Math.min(keep?.events ?? Number.POSITIVE_INFINITY, EVENTS * (WARM_UP_ROUNDS + ROUNDS));
  const stored = emulator.state().events.length;
  if (stored !== wanted) throw new Error(`${stored} events are visible, expected ${wanted}.`);
  const stateMb = JSON.stringify(emulator.snapshot()).length / MB;
  return { bodyKb: bytes / KB, parseMs, takeMs, stateMb };
}

function bulkRequest(body: string): Request {
  const headers = {
    authorization: 'Klaviyo-API-Key pk_emulator_demo',
    revision: '2026-07-15',
    'content-type': 'application/vnd.api+json',
  };
  return new Request('https://a.klaviyo.com/api/event-bulk-create-jobs', { method: 'POST', headers, body });
}

async function expectAccepted(response: Response): Promise<void> {
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
}

import type { ConsentPhase, ConsentWork } from '../packages/edge-proxy/test/bench/consentPhase.ts';
import { median } from './averages.ts';
import type { BenchResult } from './Bench.ts';
import { type D1Bench, startD1Bench } from './startD1Bench.ts';

const WORK: ConsentWork = { people: 1000, jobs: 10, decisions: 200 };
const WARM_UP_ROUNDS = 4;
const ROUNDS = 15;

interface Step {
  readonly name: string;
  readonly phase: ConsentPhase;
  readonly beside: ConsentPhase;
  /** How often a round does it. */
  readonly times: number;
}

const STEPS: readonly Step[] = [
  { name: 'the gate, for a job of 1,000 people', phase: 'gate', beside: 'parseJob', times: WORK.jobs },
  { name: 'a decision appended to the ledger', phase: 'append', beside: 'insert', times: WORK.decisions },
  {
    name: `one of ${WORK.decisions} appended at once`,
    phase: 'appendTogether',
    beside: 'insertTogether',
    times: WORK.decisions,
  },
];
const PHASES: readonly ConsentPhase[] = ['prepare', ...STEPS.flatMap(({ phase, beside }) => [phase, beside])];

/** What consent costs in workerd, on a D1 of its own: the gate of a job, and what is written into the ledger. */
export async function benchConsent(): Promise<BenchResult> {
  const worker = await startD1Bench('consentWorker.ts');
  try {
    const { cpuMs, bodyBytes } = await measure(worker);
    const rows = STEPS.map(({ name, phase, beside, times }) => {
      const micros = [cpuMs[beside], cpuMs[phase]].map((ms) => Math.round((ms * 1000) / times).toLocaleString('en'));
      return [name, ...micros, (cpuMs[phase] / cpuMs[beside]).toFixed(1)];
    });
    return { title: 'What consent costs', method: methodOf(bodyBytes), columns: COLUMNS, rows, misses: [] };
  } finally {
    await worker.stop();
  }
}

const COLUMNS = ['step', 'beside it (µs)', 'step (µs)', 'ratio'];

function methodOf(bodyBytes: number): string {
  return (
    `CPU time of a workerd process (all threads, garbage collection and D1's SQLite included), medians of ${ROUNDS} rounds after ${WARM_UP_ROUNDS} to warm up. ` +
    `Beside the gate (HMACs of an address and an anonymous id of each person, and one question to the ledger): \`JSON.parse\` and \`JSON.stringify\` of the job's request, ${Math.round(bodyBytes / 1000)} KB. ` +
    `Beside a decision (read the chain, HMACs of entry and evidence, insert): the same four rows inserted into the same tables by plain INSERT statements in one batch; ` +
    `beside decisions that are appended at once: the ledger's own statements for all rows of a table, with rows that were made before. ` +
    `D1 is the local runtime's (miniflare), on disk; its figures are the simulator's, not Cloudflare's.`
  );
}

async function measure(worker: D1Bench) {
  const spent = new Map<ConsentPhase, number[]>(PHASES.map((phase) => [phase, []]));
  let bodyBytes = 0;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const phase of PHASES) {
      const before = worker.cpuMs();
      ({ bodyBytes } = await worker.ask<{ bodyBytes: number }>(phase, WORK));
      if (round >= WARM_UP_ROUNDS) spent.get(phase)?.push(worker.cpuMs() - before);
    }
  }
  const medians = [...spent].map(([phase, cpuMs]) => [phase, median(cpuMs)] as const);
  return { cpuMs: Object.fromEntries(medians) as Record<ConsentPhase, number>, bodyBytes };
}

import { ENRICHERS, type IngestPhase } from '../packages/edge-proxy/test/bench/phase.ts';
import { median } from './averages.ts';
import type { BenchResult } from './Bench.ts';
import { type BenchWorker, startBench } from './startBench.ts';

const EVENTS_PER_REQUEST = 20;
const REQUESTS = 500;
const EVENTS = REQUESTS * EVENTS_PER_REQUEST;
const WARM_UP_ROUNDS = 6;
const ROUNDS = 21;
/** Of an accepted event's whole ingest, in JSON.parse and JSON.stringify of the same body. */
const MAX_RATIO = 2.5;

const PHASES: readonly IngestPhase[] = [
  ...(['prepare', 'parse', 'ingest', 'read', 'door', 'write'] as const),
  ...(['prepareMore', 'json', 'bytes', 'gzip', 'app'] as const),
];
/** After the others, since a form of another kind makes the same code slower for both. */
const PHASES_BESIDE: readonly IngestPhase[] = [
  ...(['prepare', 'read', 'door', 'write', 'prepareMore', 'unfold', 'map'] as const),
  ...ENRICHERS,
  ...(['parseSegment', 'segment'] as const),
];

/** What ingest takes of the CPU in workerd, as a whole and step by step, against parsing and writing the same bodies. */
export async function benchIngest(): Promise<BenchResult> {
  const worker = await startBench();
  try {
    const { micros, bytes } = await measure(worker, PHASES);
    const { micros: beside } = await measure(worker, PHASES_BESIDE);
    const row = (name: string, cost: number, limit?: number, yardstick = micros.parse) => [
      name,
      cost.toFixed(2),
      (cost / yardstick).toFixed(2),
      limit === undefined ? '' : String(limit),
    ];
    const ratio = micros.ingest / micros.parse;
    return {
      title: 'What taking an event in costs',
      method: `${METHOD} A body has ${Math.round(bytes / REQUESTS).toLocaleString('en')} bytes.`,
      columns: ['step', 'µs an event', 'ratio', 'at most'],
      rows: [
        row('JSON.parse and JSON.stringify', micros.parse),
        row('the same with `request.json()`, the least that a Worker can do with a body', micros.json),
        row('the same with the bytes, which a Worker needs that takes gzip without a header', micros.bytes),
        row('ingest, the whole', micros.ingest, MAX_RATIO),
        row('the whole, through Hono: routes, origin, answer', micros.app),
        row('ingest, the whole, of bodies in gzip', micros.gzip),
        row('of the whole: reading and parsing the body', micros.read),
        row('of the whole: checks, defaults, consent, time, enrichment', micros.door),
        row('of the whole: writing the queue message', micros.write),
        ...ENRICHERS.map((name) => row(`of enrichment, for every event anew: ${name}`, beside[name])),
        row('beside it: making the events of a queue message whole, in the consumer', beside.unfold),
        row('beside it: mapping to Klaviyo, in the consumer', beside.map),
        row("JSON.parse and JSON.stringify of the same in Segment's form", beside.parseSegment),
        row("ingest, the whole, in Segment's form, against that", beside.segment, undefined, beside.parseSegment),
      ],
      misses:
        ratio > MAX_RATIO ? [`ingest: ${ratio.toFixed(2)} times parse and stringify, at most ${MAX_RATIO} wanted`] : [],
    };
  } finally {
    worker.stop();
  }
}

const METHOD =
  `CPU time an event of a workerd process (all threads, garbage collection included), medians of ${ROUNDS} rounds of ${EVENTS.toLocaleString('en')} events, ${EVENTS_PER_REQUEST} a request, after ${WARM_UP_ROUNDS} to warm up. ` +
  `The ratio is to \`JSON.parse\` and \`JSON.stringify\` of the same bodies in the same rounds. ` +
  `The events are those of packages/edge-proxy/test/model/support/shopEvents.ts as the browser SDK sends them, with a browser's headers; the requests are there beforehand, as a server has them. The queue is a function that writes its message as JSON, as the runtime does. ` +
  `In the SDK's form a request says its context once, and is enriched once; Segment's browser SDK sends one with each event. ` +
  `Steps alone hold what they leave for the next, so that together they cost more than the whole.`;

async function measure(worker: BenchWorker, phases: readonly IngestPhase[]) {
  const spent = new Map<IngestPhase, number[]>(phases.map((phase) => [phase, []]));
  let bytes = 0;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const phase of phases) {
      const before = worker.cpuMs();
      bytes = await worker.ask<number>('ingest', `/ingest/${phase}?requests=${REQUESTS}&events=${EVENTS_PER_REQUEST}`);
      if (round >= WARM_UP_ROUNDS) spent.get(phase)?.push(((worker.cpuMs() - before) * 1000) / EVENTS);
    }
  }
  const medians = [...spent].map(([phase, micros]) => [phase, median(micros)] as const);
  return { micros: Object.fromEntries(medians) as Record<IngestPhase, number>, bytes };
}

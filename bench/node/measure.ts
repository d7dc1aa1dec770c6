import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../averages.ts';
import { end, hear, startChild } from './runChild.ts';
import { type Fault, type Sink, startSink } from './startSink.ts';
import type { Subject } from './subjects.ts';

const POLL_MS = 20;

/** A folder for a spool where the subject has one, gone afterwards. */
async function withDir<T>({ hasSpool }: Subject, work: (dir: string | undefined) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    return await work(hasSpool ? dir : undefined);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** µs of CPU for each event until it is queued. */
export const measureEnqueue = (subject: Subject): Promise<number> =>
  withDir(subject, async (dir) => {
    const { micros } = await hear<{ micros: number }>(startChild({ client: subject.client, task: 'enqueue', dir }));
    return micros;
  });

/** Bytes that so many queued events take: of the process, and of the heap with what hangs on it. */
export const measureMemory = (subject: Subject, amount: number): Promise<{ rss: number; heap: number }> =>
  withDir(subject, (dir) => hear(startChild({ client: subject.client, task: 'memory', dir, amount })));

/** Events a second from the first call to the last arrival, and µs of CPU each. */
export const measureSending = (subject: Subject, amount: number): Promise<{ perSecond: number; micros: number }> =>
  withDir(subject, async (dir) => {
    const sink = await startSink();
    const child = startChild({ client: subject.client, task: 'send', url: sink.url, dir, amount });
    const { startedMs } = await hear<{ startedMs: number }>(child);
    await untilArrived(sink, amount, 60_000);
    child.send('usage');
    const { cpuMs } = await hear<{ cpuMs: number }>(child);
    await end(child);
    await sink.close();
    if (sink.arrived.count < amount) return { perSecond: 0, micros: 0 };
    return { perSecond: amount / ((sink.arrived.lastMs - startedMs) / 1000), micros: (cpuMs * 1000) / amount };
  });

export interface Trouble {
  name: string;
  faultOf?: (request: number) => Fault;
  /** Nobody listens for so long. */
  downMs?: number;
}

/** How many of the events arrived through trouble, within the time; and how many of them under several ids. */
export const measureTrouble = (
  subject: Subject,
  { faultOf, downMs = 0 }: Trouble,
  amount: number,
  patienceMs: number,
) =>
  withDir(subject, async (dir) => {
    let sink = await startSink(faultOf);
    const { port, url } = sink;
    if (downMs > 0) await sink.close();
    const child = startChild({ client: subject.client, task: 'deliver', url, dir, amount });
    await hear(child);
    if (downMs > 0) {
      await sleep(downMs);
      sink = await startSink(faultOf, port);
    }
    const untilMs = Date.now() + patienceMs;
    while (Date.now() < untilMs && sink.summarise().events < amount) await sleep(POLL_MS * 10);
    await end(child);
    await sink.close();
    return sink.summarise();
  });

/** How many events arrived after the process ended like this; with a spool, after the next start. */
export const measureEnd = (subject: Subject, how: 'exit' | 'SIGTERM' | 'SIGKILL', amount: number): Promise<number> =>
  withDir(subject, async (dir) => {
    const sink = await startSink();
    const { client } = subject;
    const child = startChild({ client, task: how, url: sink.url, dir, amount });
    await once(child, 'exit');
    if (dir !== undefined) await once(startChild({ client, task: 'resume', url: sink.url, dir }), 'exit');
    await sleep(POLL_MS * 10);
    await sink.close();
    return sink.summarise().events;
  });

/** The median of some runs of each subject, taken in turns, so that a busy machine is busy for all. */
export async function inTurns<T>(subjects: readonly T[], runs: number, measure: (subject: T) => Promise<number>) {
  const values = new Map<T, number[]>(subjects.map((subject) => [subject, []]));
  for (let run = 0; run < runs; run++)
    for (const subject of subjects) values.get(subject)?.push(await measure(subject));
  return new Map([...values].map(([subject, measured]) => [subject, median(measured)]));
}

async function untilArrived(sink: Sink, amount: number, patienceMs: number): Promise<void> {
  const untilMs = Date.now() + patienceMs;
  while (sink.arrived.count < amount && Date.now() < untilMs) await sleep(POLL_MS);
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextPermit } from '../../../src/deliver/nextPermit.ts';
import { OPERATIONS } from '../../../src/klaviyo/operations.ts';
import { DeliveryHost, START_MS } from './DeliveryHost.ts';
import { shopEvent } from './shopEvents.ts';

// Drains a backlog in virtual time and prints what it took as JSON: `drainBacklog.ts <events> [outage in hours]`.

const ITEMS_PER_ACCEPT = 500;
const LATENCY_MS = 10;
const EVENTS_PER_CALL = 1000;
const HOUR_MS = 3_600_000;
const STEP_MS = 1000;
const PATIENCE_STEPS = 50_000;

/** Klaviyo in another process, so that this one's memory is the deliverer's alone. */
class RemoteHost extends DeliveryHost {
  readonly #port: number;
  readonly #openMs: number;
  calls = 0;
  firstTakenMs = Number.NaN;
  lastTakenMs = Number.NaN;

  constructor(port: number, file: string, outageHours: number) {
    super({ seed: 1, share: 1, file });
    this.#port = port;
    this.#openMs = START_MS + outageHours * HOUR_MS;
  }

  protected override async fetch(url: string, init: RequestInit): Promise<Response> {
    await this.time.timer(LATENCY_MS).done;
    const answer = this.time.nowMs < this.#openMs ? new Response('', { status: 503 }) : await this.#ask(url, init);
    await this.time.timer(LATENCY_MS).done;
    return answer;
  }

  async #ask(url: string, { method, headers, body }: RequestInit): Promise<Response> {
    const target = `http://127.0.0.1:${this.#port}${new URL(url).pathname}`;
    const init = { method, headers: { ...headers, 'x-now-ms': String(this.time.nowMs) }, body } as RequestInit;
    const answer = await this.time.during(
      fetch(target, init).then(async (response) => new Response(await response.text(), response)),
    );
    this.calls += 1;
    if (answer.ok) {
      if (Number.isNaN(this.firstTakenMs)) this.firstTakenMs = this.time.nowMs;
      this.lastTakenMs = this.time.nowMs;
    }
    return answer;
  }

  async counts(): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.#port}/counts`)).json();
  }

  delivered(): number {
    return this.figures().counts.reduce((sum, { outcome, n }) => sum + (outcome === 'delivered' ? n : 0), 0);
  }
}

/** How long the pacer alone needs: full jobs, answered at once. */
function boundMs(calls: number): number {
  const { limit } = OPERATIONS.bulk_create_events;
  const log: { sentMs: number; answeredMs: number }[] = [];
  let nowMs = 0;
  for (let sent = 0; sent < calls; sent++) {
    nowMs = Math.max(nowMs, nextPermit(log, limit, 1, nowMs));
    log.push({ sentMs: nowMs, answeredMs: nowMs });
  }
  return nowMs;
}

const [events = 0, outageHours = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'sluice-backlog-'));
const klaviyo: ChildProcess = fork(join(import.meta.dirname, 'serveKlaviyo.ts'), {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
try {
  const [port] = await once(klaviyo.stdout as NodeJS.ReadableStream, 'data');
  console.log(JSON.stringify(await drain(new RemoteHost(Number(port), join(folder, 'outbox.sqlite'), outageHours))));
} finally {
  klaviyo.kill();
  rmSync(folder, { recursive: true });
}

async function drain(host: RemoteHost) {
  for (let n = 0; n < events; n += ITEMS_PER_ACCEPT)
    host.accept(Array.from({ length: Math.min(ITEMS_PER_ACCEPT, events - n) }, (_, index) => shopEvent(n + index)));
  await host.pass(outageHours * HOUR_MS);
  const memory: { delivered: number; bytes: number }[] = [];
  for (let step = 0; step < PATIENCE_STEPS && host.delivered() < events; step++) {
    await host.pass(STEP_MS);
    globalThis.gc?.();
    memory.push({ delivered: host.delivered(), bytes: process.memoryUsage().rss });
  }
  const at = (part: number) => memory.find(({ delivered }) => delivered >= events * part)?.bytes ?? Number.NaN;
  return {
    events,
    virtualMs: host.lastTakenMs - host.firstTakenMs,
    boundMs: boundMs(Math.ceil(events / EVENTS_PER_CALL)),
    eventsPerCall: events / host.calls,
    memoryGrowth: at(0.9) / at(0.1) - 1,
    klaviyo: await host.counts(),
  };
}

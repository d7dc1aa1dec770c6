import { Delivery } from '../../src/deliver/Delivery.ts';
import type { Chunk } from '../../src/deliver/tables/inbox.ts';
import type { Env } from '../../src/env.ts';
import { collect, ingest } from '../../src/pipeline.ts';
import { requireSettings } from '../../src/settings.ts';
import { START_MS } from '../model/support/startMs.ts';
import { VirtualTime } from '../model/support/VirtualTime.ts';
import { benchEnv, queueBatch } from './benchEnv.ts';
import { Meter } from './Meter.ts';
import { shopRequest } from './shopRequests.ts';
import { sqlD1 } from './sqlD1.ts';
import { toRequest } from './toRequest.ts';
import type { Operations, Traffic } from './traffic.ts';

/** Cloudflare Queues, pricing: an operation is each 64 KB that is written, read or deleted. */
const QUEUE_OPERATION_BYTES = 64_000;
const OPERATIONS_PER_MESSAGE = 3;
const MINUTE_MS = 60_000;
/** Until everything has been sent and settled. */
const AFTERGLOW_MS = 10 * MINUTE_MS;

/** A shop's traffic from request to answer in virtual time, on a Durable Object's own SQLite. */
export async function runTraffic(storage: DurableObjectStorage, traffic: Traffic): Promise<Operations> {
  for (const migration of traffic.migrations) storage.sql.exec(migration);
  const world = new TrafficWorld(storage, traffic);
  const windowMs = Math.min(
    traffic.maxBatchWaitMs,
    (1000 * traffic.maxBatchMessages * traffic.eventsPerRequest) / traffic.eventsPerSecond,
  );
  const requests = traffic.events / traffic.eventsPerRequest;
  const perWindow = Math.max(1, Math.round((windowMs * traffic.eventsPerSecond) / 1000 / traffic.eventsPerRequest));
  const betweenMs = Math.max(windowMs, (1000 * traffic.eventsPerRequest) / traffic.eventsPerSecond);
  for (let first = 0; first < requests; first += perWindow) {
    await world.pass(betweenMs);
    await world.takeIn(first, Math.min(perWindow, requests - first));
  }
  await world.pass(AFTERGLOW_MS);
  return world.operations();
}

/** One account's delivery as the Dispatcher runs it, with a queue before it, and a count of all that is billed. */
class TrafficWorld {
  readonly #time = new VirtualTime(START_MS);
  readonly #rows = new Meter();
  readonly #d1 = new Meter();
  readonly #storage: DurableObjectStorage;
  readonly #traffic: Traffic;
  readonly #env: Env;
  readonly #delivery: Delivery;
  readonly #done = {
    requests: 0,
    queueOperations: 0,
    consumerBatches: 0,
    stores: 0,
    alarms: 0,
    wakes: 0,
    activeMs: 0,
    klaviyoCalls: 0,
  };
  #queue: string[] = [];
  #alarm: { atMs: number; cancel(): void } | undefined;
  #isRinging = false;

  constructor(storage: DurableObjectStorage, traffic: Traffic) {
    this.#storage = storage;
    this.#traffic = traffic;
    const db = sqlD1(this.#d1.sql(storage.sql));
    this.#env = benchEnv({
      db,
      send: async (message) => void this.#queue.push(JSON.stringify(message)),
      store: (account, chunks) => this.#store(account, chunks),
    });
    this.#delivery = new Delivery({
      storage: this.#rows.storage(storage),
      db,
      settings: () => requireSettings(this.#env),
      now: () => this.#time.nowMs,
      random: () => 0.5,
      fetch: () => this.#answer(),
      timer: (ms) => this.#time.timer(ms),
    });
    this.#everyMinute();
  }

  async pass(ms: number): Promise<void> {
    await this.#time.pass(ms);
    this.#settle();
  }

  /** Requests, from the shop through the queue to where they are stored. */
  async takeIn(first: number, count: number): Promise<void> {
    const { eventsPerRequest } = this.#traffic;
    const { nowMs } = this.#time;
    for (let n = first; n < first + count; n++) {
      const body = shopRequest(n, eventsPerRequest, nowMs);
      const request = toRequest(body);
      const context = { env: this.#env, settings: requireSettings(this.#env), nowMs };
      const result = await ingest(request, undefined, context);
      if (!result.ok || result.accepted !== eventsPerRequest) throw new Error(JSON.stringify(result));
    }
    const messages = this.#queue;
    this.#queue = [];
    const operations = messages.map((text) => Math.ceil(text.length / QUEUE_OPERATION_BYTES) * OPERATIONS_PER_MESSAGE);
    this.#done.requests += count;
    this.#done.queueOperations += operations.reduce((sum, n) => sum + n, 0);
    this.#done.consumerBatches += 1;
    await collect(queueBatch(messages, nowMs), this.#env);
  }

  operations(): Operations {
    this.#settle();
    const { waiting, counts } = this.#delivery.figures();
    const delivered = counts.reduce((sum, { outcome, n }) => sum + (outcome === 'delivered' ? n : 0), 0);
    const accepted = counts.reduce((sum, { outcome, n }) => sum + (outcome === 'accepted' ? n : 0), 0);
    if (delivered !== accepted || Object.keys(waiting).length > 0) throw new Error(JSON.stringify({ waiting, counts }));
    const { rowsRead, rowsWritten, byStatement } = this.#rows;
    return {
      ...this.#done,
      delivered,
      rows: { read: rowsRead, written: rowsWritten },
      d1: { read: this.#d1.rowsRead, written: this.#d1.rowsWritten },
      identities: countRows(this.#storage.sql, 'identities'),
      statements: { ...Object.fromEntries(byStatement), ...Object.fromEntries(this.#d1.byStatement) },
    };
  }

  #settle(): void {
    this.#rows.settle();
    this.#d1.settle();
  }

  #store(account: string, chunks: readonly Chunk[]) {
    this.#done.stores += 1;
    const accepted = this.#delivery.store(account, chunks);
    // As the Dispatcher does.
    const isDue = this.#alarm !== undefined && this.#alarm.atMs <= this.#time.nowMs;
    if (!this.#isRinging && !isDue) this.#hasten(this.#delivery.nextWork());
    return accepted;
  }

  async #answer(): Promise<Response> {
    this.#done.klaviyoCalls += 1;
    await this.#time.timer(this.#traffic.latencyMs).done;
    return new Response('', { status: 202 });
  }

  #hasten(nextMs: number | undefined): void {
    if (nextMs !== undefined && (this.#alarm === undefined || nextMs < this.#alarm.atMs)) this.#setAlarm(nextMs);
  }

  #setAlarm(atMs: number | undefined): void {
    if (atMs === undefined) return;
    this.#alarm?.cancel();
    this.#rows.write('setAlarm');
    const timer = this.#time.timer(atMs - this.#time.nowMs);
    this.#alarm = { atMs, cancel: timer.cancel };
    timer.done.then(() => this.#ring());
  }

  async #ring(): Promise<void> {
    this.#alarm = undefined;
    this.#done.alarms += 1;
    this.#isRinging = true;
    const beganMs = this.#time.nowMs;
    const next = await this.#delivery.work();
    this.#isRinging = false;
    this.#done.activeMs += this.#time.nowMs - beganMs;
    this.#setAlarm(next);
  }

  #everyMinute(): void {
    this.#time.timer(MINUTE_MS).done.then(async () => {
      this.#done.wakes += 1;
      this.#setAlarm(this.#delivery.nextWork());
      await this.#delivery.tick();
      this.#everyMinute();
    });
  }
}

function countRows(sql: SqlStorage, table: string): number {
  return sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
}

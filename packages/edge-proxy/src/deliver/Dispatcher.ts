import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { createKlaviyoClient, type KlaviyoAnswer, type KlaviyoCall } from '../klaviyo/client.ts';
import { OPERATIONS, type Operation } from '../klaviyo/operations.ts';
import type { Item, LaneName } from '../map/item.ts';
import { requireSettings } from '../settings.ts';
import { applyAction, stopsAfter } from './applyAction.ts';
import { chunkItems } from './chunkItems.ts';
import { type Action, decideAction } from './decideAction.ts';
import { freeze, readyAt } from './freeze.ts';
import { openGate } from './gate.ts';
import { laneOf } from './lanes/index.ts';
import * as limits from './limits.ts';
import { nextPermit } from './nextPermit.ts';
import { readJobId, settleImport } from './settleImport.ts';
import { clearStops, openAt, reserveProbe, type Stops } from './stops.ts';
import { beginCall, endCall, endLostCalls, readCalls } from './tables/calls.ts';
import { advanceHead, insertChunk, peekHead, readWaiting, type Waiting } from './tables/inbox.ts';
import {
  countJobItems,
  deleteJob,
  hastenJobs,
  insertJob,
  type Job,
  type JobHead,
  postponeJob,
  readJob,
  readJobHeads,
} from './tables/jobs.ts';
import { buryItem, type Count, claimOnce, countOutcome, forgetOnce, readCounts } from './tables/outcomes.ts';
import { createTables } from './tables/schema.ts';

export type Accepted = { ok: true } | { ok: false; reason: 'full' };

/** What an operator sees of one account's delivery. `accepted = waiting + delivered + refused + dead + duplicate`. */
export interface Figures {
  waiting: Record<string, number>;
  counts: Count[];
  stops: Stops;
}

/**
 * Owns one Klaviyo account's outbox: items come into the inbox, become frozen jobs, and end in exactly one outcome.
 * Its storage is the truth; memory holds only what is on its way.
 */
export class Dispatcher extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #busy = new Map<number, LaneName>();
  #wake = Promise.withResolvers<void>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    createTables(this.#sql);
    endLostCalls(this.#sql, Date.now());
  }

  /** Stores items durably; once it has answered ok, they are the Dispatcher's. */
  async accept(account: string, items: readonly Item[]): Promise<Accepted> {
    const now = Date.now();
    if (this.ctx.storage.kv.get('account') !== account) this.ctx.storage.kv.put('account', account);
    if (this.#waitingItems() + items.length > limits.HIGH_WATER_ITEMS) return { ok: false, reason: 'full' };
    this.ctx.storage.transactionSync(() => {
      for (const chunk of chunkItems(items)) {
        insertChunk(this.#sql, chunk, now);
        countOutcome(this.#sql, { lane: chunk.lane, outcome: 'accepted', reason: '', n: chunk.lines.length });
      }
    });
    this.#wake.resolve();
    await this.#scheduleNext();
    return { ok: true };
  }

  /** Called by cron: an alarm that the platform gave up on comes back to life. */
  async wake(): Promise<void> {
    forgetOnce(this.#sql, Date.now() - limits.ONCE_TTL_MS);
    await this.#scheduleNext();
  }

  figures(): Figures {
    const waiting: Record<string, number> = {};
    for (const { lane, items } of readWaiting(this.#sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    for (const [lane, items] of countJobItems(this.#sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    return { waiting, counts: readCounts(this.#sql), stops: this.#stops() };
  }

  /** Never throws: after six failures the platform would not call again. */
  override async alarm(): Promise<void> {
    let notBeforeMs = 0;
    try {
      await this.#run(Date.now() + limits.ALARM_BUDGET_MS);
    } catch (error) {
      notBeforeMs = Date.now() + limits.RECOVERY_MS;
      logDefect('alarm failed', error);
    } finally {
      await this.#scheduleNext(notBeforeMs);
    }
  }

  async #run(deadlineMs: number): Promise<void> {
    const onTheWay = new Set<Promise<void>>();
    for (;;) {
      this.#wake = Promise.withResolvers<void>();
      if (Date.now() < deadlineMs) {
        await this.#freezeReady();
        for (let job = this.#takeNext(); job; job = this.#takeNext()) {
          const task: Promise<void> = this.#advance(job).finally(() => onTheWay.delete(task));
          onTheWay.add(task);
        }
      }
      if (onTheWay.size === 0) return;
      await Promise.race([...onTheWay, this.#wake.promise]);
    }
  }

  /** Turns what is ready in the inbox into jobs. */
  async #freezeReady(): Promise<void> {
    const { delivery } = this.#settings().config;
    const ready = new Map<LaneName, number>();
    for (const { lane } of readJobHeads(this.#sql)) ready.set(lane, (ready.get(lane) ?? 0) + 1);
    for (const waiting of this.#byPriority()) {
      const lane = laneOf(waiting.lane);
      const isReady = readyAt(waiting, lane, delivery, limits.MAX_JOB_BYTES) <= Date.now();
      if (!isReady || (ready.get(lane.name) ?? 0) >= limits.MAX_READY_JOBS) continue;
      await this.#freezeHead(waiting);
      ready.set(lane.name, (ready.get(lane.name) ?? 0) + 1);
    }
  }

  async #freezeHead({ lane: name, grp }: Waiting): Promise<void> {
    const lane = laneOf(name);
    const head = peekHead(this.#sql, name, grp, { maxItems: lane.maxItems, maxBytes: limits.MAX_JOB_BYTES });
    const items = head.lines.map((line) => JSON.parse(line) as Item);
    const { config, ledgerKeys } = this.#settings();
    const gate = await openGate(items, {
      db: this.env.DB,
      account: this.#account(),
      ledgerKeys,
      identity: config.identity,
    });
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      const frozen = freeze(items, gate, lane, (metric, uniqueId) => claimOnce(this.#sql, metric, uniqueId, now));
      advanceHead(this.#sql, head);
      const receivedMs = Math.min(...frozen.items.map((item) => item.receivedAtMs));
      if (frozen.items.length > 0)
        insertJob(this.#sql, { lane: name, items: frozen.items, attempts: 0, receivedMs }, now);
      for (const { reason } of frozen.refused)
        countOutcome(this.#sql, { lane: name, outcome: 'refused', reason, n: 1 });
      countOutcome(this.#sql, { lane: name, outcome: 'duplicate', reason: '', n: frozen.duplicates.length });
    });
  }

  /** The most urgent job that may go now, marked as on its way. */
  #takeNext(): Job | undefined {
    const now = Date.now();
    const heads = this.#sendable().sort((a, b) => laneOf(a.lane).priority - laneOf(b.lane).priority);
    const head = heads.find((candidate) => this.#hasConnection(candidate) && this.#dueAt(candidate) <= now);
    if (!head) return undefined;
    this.#busy.set(head.id, head.lane);
    this.#setStops(reserveProbe(this.#stops(), nextOperation(head), now));
    return readJob(this.#sql, head.id);
  }

  /** Jobs that no call of their own and no unsettled import of their lane holds back. */
  #sendable(): JobHead[] {
    const heads = readJobHeads(this.#sql);
    const settling = new Set(heads.filter((head) => head.settling !== null).map(({ lane }) => lane));
    return heads.filter((head) => !this.#busy.has(head.id) && (head.settling !== null || !settling.has(head.lane)));
  }

  #hasConnection({ lane: name }: JobHead): boolean {
    const lane = laneOf(name);
    const busy = [...this.#busy.values()].map(laneOf);
    const pool = lane.consent ? limits.MAX_CONSENT_CONNECTIONS : limits.MAX_CONNECTIONS;
    return (
      busy.filter(({ consent }) => consent === lane.consent).length < pool &&
      busy.filter((other) => other === lane).length < lane.maxInFlight
    );
  }

  /** When a job may go: its own pause, what Klaviyo closed, and the rate limit. */
  #dueAt(head: JobHead): number {
    const operation = nextOperation(head);
    const { share } = this.#klaviyoAccount();
    const permit = nextPermit(readCalls(this.#sql, operation), OPERATIONS[operation].limit, share, Date.now());
    return Math.max(head.nextMs, openAt(this.#stops(), operation), permit);
  }

  /** Takes a job one step further: sends it, or asks how its import is getting on. */
  async #advance(job: Job): Promise<void> {
    try {
      const lane = laneOf(job.lane);
      if (Date.now() - job.receivedMs > this.#settings().config.delivery.maxAgeHours * 3_600_000)
        return this.#expire(job);
      const call = this.#pacedCall();
      if (job.settling !== null) return await this.#settle(job, job.settling, call);
      const body = lane.build(job.items, { nowMs: Date.now(), delivery: this.#settings().config.delivery });
      const answer = await call({ operation: lane.operation, body });
      const settling =
        lane.settles && answer.kind === 'response' && answer.status < 300 ? readJobId(answer) : undefined;
      if (settling !== undefined) this.#postpone(job, settling);
      else this.#conclude(job, lane.operation, answer, decideAction(answer, { ...job, lane }, Math.random));
    } finally {
      this.#busy.delete(job.id);
    }
  }

  async #settle(job: Job, id: string, call: KlaviyoCall): Promise<void> {
    const lane = laneOf(job.lane);
    const settlement = await settleImport(job, id, lane, call);
    if (settlement.kind === 'pending') return this.#postpone(job, id);
    if (settlement.kind !== 'unanswered')
      return this.ctx.storage.transactionSync(() => applyAction(this.#sql, job, settlement, Date.now()));
    // A poll that failed says nothing of the import itself: only pauses and stops count, the job is asked again.
    const action = decideAction(settlement.answer, { ...job, lane }, Math.random);
    this.#setStops(stopsAfter(this.#stops(), action, 'get_bulk_import_profiles_job', Date.now()));
    this.#postpone(job, id);
  }

  #conclude(job: Job, operation: Operation, answer: KlaviyoAnswer, action: Action): void {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => applyAction(this.#sql, job, action, now));
    // A success after failures says that an outage is over: what it held back need not wait out its pause.
    if (action.kind === 'done' && job.attempts > 0) hastenJobs(this.#sql, job.lane, now);
    const stops = this.#stops();
    this.#setStops(action.kind === 'done' ? clearStops(stops, operation) : stopsAfter(stops, action, operation, now));
    if (action.kind !== 'done') this.#logTrouble(job, operation, answer, action);
  }

  #postpone(job: Job, settling: string): void {
    this.ctx.storage.transactionSync(() =>
      postponeJob(this.#sql, job.id, { attempts: job.attempts, nextMs: Date.now() + limits.SETTLE_POLL_MS, settling }),
    );
  }

  #expire(job: Job): void {
    this.ctx.storage.transactionSync(() => {
      deleteJob(this.#sql, job.id);
      for (const item of job.items)
        buryItem(
          this.#sql,
          { lane: job.lane, item, reason: 'expired', error: undefined, attempts: job.attempts },
          Date.now(),
        );
    });
  }

  /** The client, with each call written into the log that the rate limits are read from. */
  #pacedCall(): KlaviyoCall {
    const { baseUrl, revision, share } = this.#klaviyoAccount();
    const apiKey = this.#settings().klaviyoKeys.get(this.#account()) ?? '';
    const client = createKlaviyoClient({
      baseUrl,
      revision,
      apiKey,
      timeoutMs: limits.CALL_TIMEOUT_MS,
      fetch: (...args) => fetch(...args),
      now: Date.now,
    });
    return async (request) => {
      const permit = nextPermit(
        readCalls(this.#sql, request.operation),
        OPERATIONS[request.operation].limit,
        share,
        Date.now(),
      );
      if (permit > Date.now()) return { kind: 'no_answer', why: 'paced' };
      const id = beginCall(this.#sql, request.operation, Date.now());
      const answer = await client(request);
      endCall(this.#sql, id, Date.now());
      return answer;
    };
  }

  /** One alarm for the earliest thing to do. `getAlarm` is not to be trusted inside the handler, so it is computed anew. */
  async #scheduleNext(notBeforeMs = 0): Promise<void> {
    const next = Math.max(this.#nextDue(), notBeforeMs);
    if (Number.isFinite(next)) await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
  }

  /** When something is to be done next, from the tables alone; Infinity when nothing waits. */
  #nextDue(): number {
    try {
      const { delivery } = this.#settings().config;
      const heads = readJobHeads(this.#sql);
      const jobs = this.#sendable().map((head) => this.#dueAt(head));
      const inbox = readWaiting(this.#sql)
        // A lane with all the jobs it may have takes no more until one of them ends: its inbox is no reason to wake.
        .filter(({ lane }) => heads.filter((head) => head.lane === lane).length < limits.MAX_READY_JOBS)
        .map((waiting) => readyAt(waiting, laneOf(waiting.lane), delivery, limits.MAX_JOB_BYTES));
      return Math.min(...jobs, ...inbox);
    } catch (error) {
      logDefect('schedule failed', error);
      return Date.now() + limits.RECOVERY_MS;
    }
  }

  #byPriority(): Waiting[] {
    return readWaiting(this.#sql).sort(
      (a, b) => laneOf(a.lane).priority - laneOf(b.lane).priority || a.oldestMs - b.oldestMs,
    );
  }

  #waitingItems(): number {
    return Object.values(this.figures().waiting).reduce((sum, n) => sum + n, 0);
  }

  /** Structured, without personal data: Klaviyo's `detail` may quote addresses, so it stays in the dead letter. */
  #logTrouble(job: Job, operation: Operation, answer: KlaviyoAnswer, action: Action): void {
    const status = answer.kind === 'response' ? answer.status : answer.why;
    console.warn(
      JSON.stringify({
        message: 'call not delivered',
        account: this.#account(),
        operation,
        status,
        action: action.kind,
        items: job.items.length,
        attempts: job.attempts + 1,
      }),
    );
  }

  #stops(): Stops {
    return this.ctx.storage.kv.get<Stops>('stops') ?? {};
  }

  #setStops(stops: Stops): void {
    this.ctx.storage.kv.put('stops', stops);
  }

  #account(): string {
    return this.ctx.storage.kv.get<string>('account') ?? 'main';
  }

  #klaviyoAccount() {
    const account = this.#settings().config.accounts[this.#account()];
    if (!account) throw new Error(`the account "${this.#account()}" is no longer in the configuration; its items wait`);
    return account;
  }

  #settings() {
    return requireSettings(this.env);
  }
}

function logDefect(message: string, error: unknown): void {
  console.error(JSON.stringify({ message, error: error instanceof Error ? error.stack : String(error) }));
}

/** What the job's next call will be. */
function nextOperation(head: JobHead): Operation {
  return head.settling === null ? laneOf(head.lane).operation : 'get_bulk_import_profiles_job';
}

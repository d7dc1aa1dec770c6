import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { createKlaviyoClient, type KlaviyoAnswer, type KlaviyoCall } from '../klaviyo/client.ts';
import { OPERATIONS, type Operation } from '../klaviyo/operations.ts';
import type { Item, LaneName } from '../map/item.ts';
import { requireSettings } from '../settings.ts';
import { applyAction, stopsAfter } from './applyAction.ts';
import { chunkItems } from './chunkItems.ts';
import { type Action, decideAction } from './decideAction.ts';
import { fitRows } from './fitRows.ts';
import { freeze, readyAt } from './freeze.ts';
import { openGate } from './gate.ts';
import { laneOf } from './lanes/index.ts';
import * as limits from './limits.ts';
import { nextPermit } from './nextPermit.ts';
import { type ErrorPages, readJobId, settleImport } from './settleImport.ts';
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
  oldestOf,
  postponeJob,
  readJob,
  readJobHeads,
  replaceItems,
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
  readonly #errorPages = new Map<number, ErrorPages>();
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
    let troubles: unknown[] = [];
    for (;;) {
      this.#wake = Promise.withResolvers<void>();
      let frozen = 0;
      if (Date.now() < deadlineMs) {
        // What cannot be frozen (the database is away) holds up nothing that was frozen before.
        if (troubles.length === 0) ({ frozen, troubles } = await this.#freezeReady());
        for (let job = this.#takeNext(); job; job = this.#takeNext()) {
          const task: Promise<void> = this.#advance(job).finally(() => onTheWay.delete(task));
          onTheWay.add(task);
        }
      }
      // There may be more of a group, and a connection free for it.
      if (frozen > 0) continue;
      if (onTheWay.size === 0) break;
      await Promise.race([...onTheWay, this.#wake.promise]);
    }
    if (troubles.length > 0) throw new AggregateError(troubles, 'what is in the inbox could not be frozen');
  }

  /** Turns what is ready in the inbox into jobs, one a group. Returns how many, and what went wrong. */
  async #freezeReady(): Promise<{ frozen: number; troubles: unknown[] }> {
    const troubles: unknown[] = [];
    let frozen = 0;
    const { delivery } = this.#settings().config;
    const ready = new Map<LaneName, number>();
    for (const { lane } of readJobHeads(this.#sql)) ready.set(lane, (ready.get(lane) ?? 0) + 1);
    for (const waiting of this.#byPriority()) {
      const lane = laneOf(waiting.lane);
      const isReady = readyAt(waiting, lane, delivery, limits.MAX_JOB_BYTES) <= Date.now();
      if (!isReady || (ready.get(lane.name) ?? 0) >= limits.MAX_READY_JOBS) continue;
      try {
        await this.#freezeHead(waiting);
        frozen += 1;
      } catch (error) {
        troubles.push(error);
      }
      ready.set(lane.name, (ready.get(lane.name) ?? 0) + 1);
    }
    return { frozen, troubles };
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
      for (const row of fitRows(frozen.items))
        insertJob(this.#sql, { lane: name, items: row, attempts: 0, receivedMs: oldestOf(row) }, now);
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

  /** Jobs that may go. In a lane that settles one after the other, or a try that comes late would bring old values back. */
  #sendable(): JobHead[] {
    const heads = readJobHeads(this.#sql);
    const isInTurn = (head: JobHead) =>
      !laneOf(head.lane).settles || !heads.some((other) => other.lane === head.lane && isBefore(other, head));
    return heads.filter((head) => !this.#busy.has(head.id) && isInTurn(head));
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
      const call = this.#pacedCall();
      // Klaviyo has taken what settles, however old it is.
      if (job.settling !== null) return await this.#settle(job, job.settling, call);
      const bornAfterMs = Date.now() - this.#settings().config.delivery.maxAgeHours * 3_600_000;
      if (job.receivedMs < bornAfterMs) return this.#expire(job, bornAfterMs);
      const body = lane.build(job.items, { nowMs: Date.now(), delivery: this.#settings().config.delivery });
      const answer = await call({ operation: lane.operation, body });
      const settling =
        lane.settles && answer.kind === 'response' && answer.status < 300 ? readJobId(answer) : undefined;
      if (settling !== undefined) {
        this.#postpone(job, settling);
        this.#reopen(job, lane.operation);
      } else this.#conclude(job, lane.operation, answer, decideAction(answer, { ...job, lane }, Math.random));
    } catch (error) {
      // A defect in one job must not hold up the others.
      logDefect('job failed', error);
      const { attempts, settling } = job;
      postponeJob(this.#sql, job.id, { attempts: attempts + 1, nextMs: Date.now() + limits.RECOVERY_MS, settling });
    } finally {
      this.#busy.delete(job.id);
    }
  }

  async #settle(job: Job, id: string, call: KlaviyoCall): Promise<void> {
    const lane = laneOf(job.lane);
    const pages = this.#errorPages.get(job.id) ?? { dead: new Map() };
    this.#errorPages.set(job.id, pages);
    const settlement = await settleImport({ job, id, lane, call, pages });
    if (settlement.kind !== 'unanswered')
      this.#setStops(clearStops(this.#stops(), 'get_bulk_import_profiles_job', Date.now()));
    if (settlement.kind === 'pending') return this.#postpone(job, id);
    if (settlement.kind !== 'unanswered') {
      this.#errorPages.delete(job.id);
      return this.ctx.storage.transactionSync(() => applyAction(this.#sql, job, settlement, Date.now()));
    }
    // A poll that failed says nothing of the import itself: only pauses and stops count, the job is asked again.
    const action = decideAction(settlement.answer, { ...job, lane }, Math.random);
    this.#setStops(stopsAfter(this.#stops(), action, 'get_bulk_import_profiles_job', Date.now()));
    this.#postpone(job, id);
  }

  #conclude(job: Job, operation: Operation, answer: KlaviyoAnswer, action: Action): void {
    const now = Date.now();
    this.ctx.storage.transactionSync(() => applyAction(this.#sql, job, action, now));
    if (action.kind === 'done') {
      this.#reopen(job, operation);
      return;
    }
    this.#setStops(stopsAfter(this.#stops(), action, operation, now));
    this.#logTrouble(job, operation, answer, action);
  }

  /** Klaviyo took a call. After failures that says that an outage is over: what it held back need not wait out its pause. */
  #reopen(job: Job, operation: Operation): void {
    const now = Date.now();
    if (job.attempts > 0) hastenJobs(this.#sql, job.lane, now);
    this.#setStops(clearStops(this.#stops(), operation, now));
  }

  #postpone(job: Job, settling: string): void {
    this.ctx.storage.transactionSync(() =>
      postponeJob(this.#sql, job.id, { attempts: job.attempts, nextMs: Date.now() + limits.SETTLE_POLL_MS, settling }),
    );
  }

  /** What waited too long dies; younger items that share its job go on. */
  #expire(job: Job, bornAfterMs: number): void {
    const young = job.items.filter((item) => item.receivedAtMs >= bornAfterMs);
    this.ctx.storage.transactionSync(() => {
      if (young.length > 0) replaceItems(this.#sql, job.id, young, Date.now());
      else deleteJob(this.#sql, job.id);
      for (const item of job.items.filter((each) => each.receivedAtMs < bornAfterMs))
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
    const now = Date.now();
    if (Number.isFinite(next))
      await this.ctx.storage.setAlarm(Math.min(Math.max(next, now), now + limits.MAX_SLEEP_MS));
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

/** Whether a job comes before another: what settles already, then the older one. */
function isBefore(a: JobHead, b: JobHead): boolean {
  const settling = Number(b.settling !== null) - Number(a.settling !== null);
  return (settling || a.receivedMs - b.receivedMs || a.id - b.id) < 0;
}

/** What the job's next call will be. */
function nextOperation(head: JobHead): Operation {
  return head.settling === null ? laneOf(head.lane).operation : 'get_bulk_import_profiles_job';
}

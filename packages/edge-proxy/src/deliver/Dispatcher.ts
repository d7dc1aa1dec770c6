import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { logDefect } from '../logDefect.ts';
import type { Item } from '../map/item.ts';
import { advanceJob } from './advanceJob.ts';
import { chooseJob, jobDueAt, sendableJobs } from './chooseJob.ts';
import { chunkItems } from './chunkItems.ts';
import { freezeInbox, inboxDueAt } from './freezeInbox.ts';
import { ALARM_BUDGET_MS, HIGH_WATER_ITEMS, MAX_SLEEP_MS, ONCE_TTL_MS, RECOVERY_MS } from './limits.ts';
import { Outbox } from './Outbox.ts';
import type { Stops } from './stops.ts';
import { endLostCalls } from './tables/calls.ts';
import { insertChunk, readWaiting } from './tables/inbox.ts';
import { countJobItems } from './tables/jobs.ts';
import { type Count, countOutcome, forgetOnce, readCounts } from './tables/outcomes.ts';
import { createTables } from './tables/schema.ts';

type Accepted = { ok: true } | { ok: false; reason: 'full' };

/** What an operator sees of one account's delivery. `accepted = waiting + delivered + refused + dead + duplicate`. */
export interface Figures {
  /** Items by lane. */
  waiting: Record<string, number>;
  counts: Count[];
  stops: Stops;
}

/**
 * Owns one Klaviyo account's outbox: items come into the inbox, become frozen jobs, and end in exactly one outcome.
 * This class is the shell: what it stores, when it wakes. The steps are freezeInbox, chooseJob and advanceJob.
 */
export class Dispatcher extends DurableObject<Env> {
  readonly #outbox: Outbox;
  #wake = Promise.withResolvers<void>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#outbox = new Outbox(ctx.storage, env);
    createTables(ctx.storage.sql);
    endLostCalls(ctx.storage.sql, Date.now());
  }

  /** Stores items durably; once it has answered ok, they are the Dispatcher's. */
  async accept(account: string, items: readonly Item[]): Promise<Accepted> {
    const { sql } = this.#outbox;
    this.#outbox.account = account;
    if (this.#waitingItems() + items.length > HIGH_WATER_ITEMS) return { ok: false, reason: 'full' };
    this.#outbox.transaction(() => {
      for (const chunk of chunkItems(items)) {
        insertChunk(sql, chunk, Date.now());
        countOutcome(sql, { lane: chunk.lane, outcome: 'accepted', reason: '', n: chunk.lines.length });
      }
    });
    this.#wake.resolve();
    await this.#scheduleNext();
    return { ok: true };
  }

  /** Called by cron: an alarm that the platform gave up on comes back to life. */
  async wake(): Promise<void> {
    forgetOnce(this.#outbox.sql, Date.now() - ONCE_TTL_MS);
    await this.#scheduleNext();
  }

  figures(): Figures {
    const { sql, stops } = this.#outbox;
    const waiting: Record<string, number> = {};
    for (const { lane, items } of readWaiting(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    for (const [lane, items] of countJobItems(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    return { waiting, counts: readCounts(sql), stops };
  }

  /** Never throws: after six failures the platform would not call again. */
  override async alarm(): Promise<void> {
    let notBeforeMs = 0;
    try {
      await this.#run(Date.now() + ALARM_BUDGET_MS);
    } catch (error) {
      notBeforeMs = Date.now() + RECOVERY_MS;
      logDefect('alarm failed', error);
    } finally {
      await this.#scheduleNext(notBeforeMs);
    }
  }

  /** Freezes and sends until nothing is due or the time is up; then only waits for what is on its way. */
  async #run(deadlineMs: number): Promise<void> {
    const onTheWay = new Set<Promise<void>>();
    let troubles: unknown[] = [];
    for (;;) {
      this.#wake = Promise.withResolvers<void>();
      let frozen = 0;
      if (Date.now() < deadlineMs) {
        // What cannot be frozen (the database is away) holds up nothing that was frozen before.
        if (troubles.length === 0) ({ frozen, troubles } = await freezeInbox(this.#outbox));
        for (let job = chooseJob(this.#outbox); job; job = chooseJob(this.#outbox)) {
          const task: Promise<void> = advanceJob(this.#outbox, job).finally(() => onTheWay.delete(task));
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

  /** One alarm for the earliest thing to do. `getAlarm` is not to be trusted inside the handler, so it is computed anew. */
  async #scheduleNext(notBeforeMs = 0): Promise<void> {
    const next = Math.max(this.#nextDue(), notBeforeMs);
    const now = Date.now();
    if (Number.isFinite(next)) await this.ctx.storage.setAlarm(Math.min(Math.max(next, now), now + MAX_SLEEP_MS));
  }

  /** When something is to be done next, from the tables alone; Infinity when nothing waits. */
  #nextDue(): number {
    const outbox = this.#outbox;
    try {
      const jobs = sendableJobs(outbox).map((head) => jobDueAt(outbox, head));
      const inbox = readWaiting(outbox.sql).map((waiting) => inboxDueAt(outbox, waiting));
      return Math.min(...jobs, ...inbox);
    } catch (error) {
      logDefect('schedule failed', error);
      return Date.now() + RECOVERY_MS;
    }
  }

  #waitingItems(): number {
    return Object.values(this.figures().waiting).reduce((sum, n) => sum + n, 0);
  }
}

import { logDefect } from '../logDefect.ts';
import type { Item } from '../map/item.ts';
import { advanceJob } from './advanceJob.ts';
import { batchWaiting } from './batch.ts';
import { chooseJob, jobDueAt, sendableJobs } from './chooseJob.ts';
import { chunkItems } from './chunkItems.ts';
import { freezeInbox, inboxDueAt } from './freezeInbox.ts';
import type { Ground } from './Ground.ts';
import { ALARM_BUDGET_MS, HIGH_WATER_ITEMS, MAX_SLEEP_MS, ONCE_TTL_MS, RECOVERY_MS } from './limits.ts';
import { Outbox } from './Outbox.ts';
import type { Stops } from './stops.ts';
import { endLostCalls } from './tables/calls.ts';
import { insertChunk, readWaiting } from './tables/inbox.ts';
import { countJobItems } from './tables/jobs.ts';
import { type Count, countOutcome, forgetOnce, readCounts } from './tables/outcomes.ts';
import { createTables } from './tables/schema.ts';

export type Accepted = { ok: true } | { ok: false; reason: 'full' };

/** What an operator sees of one account's delivery. `accepted = waiting + delivered + refused + dead + duplicate`. */
export interface Figures {
  /** Items by lane. */
  waiting: Record<string, number>;
  counts: Count[];
  stops: Stops;
}

/**
 * One account's delivery: items come into the inbox, become frozen jobs, and end in exactly one outcome. It knows no
 * clock, network or alarm but those of its ground. The steps are freezeInbox, chooseJob and advanceJob.
 */
export class Delivery {
  readonly #outbox: Outbox;
  #wake = Promise.withResolvers<void>();

  constructor(ground: Ground) {
    this.#outbox = new Outbox(ground);
    createTables(this.#outbox.sql);
    endLostCalls(this.#outbox.sql, ground.now());
  }

  /** Stores items durably; once it has answered ok, they are the delivery's. */
  accept(account: string, items: readonly Item[]): Accepted {
    const { sql } = this.#outbox;
    this.#outbox.account = account;
    if (this.#waitingItems() + items.length > HIGH_WATER_ITEMS) return { ok: false, reason: 'full' };
    this.#outbox.transaction(() => {
      for (const chunk of chunkItems(items)) {
        insertChunk(sql, chunk, this.#outbox.now());
        countOutcome(sql, { lane: chunk.lane, outcome: 'accepted', reason: '', n: chunk.lines.length });
      }
    });
    this.#wake.resolve();
    return { ok: true };
  }

  /** What is old enough to be forgotten. */
  sweep(): void {
    forgetOnce(this.#outbox.sql, this.#outbox.now() - ONCE_TTL_MS);
  }

  figures(): Figures {
    const { sql, stops } = this.#outbox;
    const waiting: Record<string, number> = {};
    for (const { lane, items } of readWaiting(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    for (const [lane, items] of countJobItems(sql)) waiting[lane] = (waiting[lane] ?? 0) + items;
    return { waiting, counts: readCounts(sql), stops };
  }

  /**
   * Freezes and sends until nothing is due or its time is up, and then only waits for what is on its way. Never throws;
   * returns when it wants to be called again, undefined when nothing waits.
   */
  async work(): Promise<number | undefined> {
    let notBeforeMs = 0;
    try {
      await this.#run(this.#outbox.now() + ALARM_BUDGET_MS);
    } catch (error) {
      notBeforeMs = this.#outbox.now() + RECOVERY_MS;
      logDefect('alarm failed', error);
    }
    return this.nextWork(notBeforeMs);
  }

  /** When there is something to do next, from the tables alone; undefined when nothing waits. */
  nextWork(notBeforeMs = 0): number | undefined {
    const next = Math.max(this.#nextDue(), notBeforeMs);
    const now = this.#outbox.now();
    return Number.isFinite(next) ? Math.min(Math.max(next, now), now + MAX_SLEEP_MS) : undefined;
  }

  async #run(deadlineMs: number): Promise<void> {
    const outbox = this.#outbox;
    const onTheWay = new Set<Promise<void>>();
    let troubles: unknown[] = [];
    for (;;) {
      this.#wake = Promise.withResolvers<void>();
      let frozen = 0;
      if (outbox.now() < deadlineMs) {
        // What cannot be frozen (the database is away) holds up nothing that was frozen before.
        if (troubles.length === 0) ({ frozen, troubles } = await freezeInbox(outbox));
        for (let job = chooseJob(outbox); job; job = chooseJob(outbox)) {
          const task: Promise<void> = advanceJob(outbox, job).finally(() => onTheWay.delete(task));
          onTheWay.add(task);
        }
      }
      // There may be more of a group, and a connection free for it.
      if (frozen > 0) continue;
      if (onTheWay.size === 0) break;
      await this.#waitForNews(onTheWay, deadlineMs);
    }
    if (troubles.length > 0) throw new AggregateError(troubles, 'what is in the inbox could not be frozen');
  }

  /** Until a call is answered, something is accepted, or something else falls due: a hung call holds up no other. */
  async #waitForNews(onTheWay: ReadonlySet<Promise<void>>, deadlineMs: number): Promise<void> {
    const now = this.#outbox.now();
    const dueMs = now < deadlineMs ? this.#nextDue() : Number.POSITIVE_INFINITY;
    const timer = dueMs > now && Number.isFinite(dueMs) ? this.#outbox.ground.timer(dueMs - now) : undefined;
    await Promise.race([...onTheWay, this.#wake.promise, ...(timer ? [timer.done] : [])]);
    timer?.cancel();
  }

  #nextDue(): number {
    const outbox = this.#outbox;
    try {
      const jobs = sendableJobs(outbox).map((head) => jobDueAt(outbox, head));
      const inbox = batchWaiting(readWaiting(outbox.sql)).map((batch) => inboxDueAt(outbox, batch));
      return Math.min(...jobs, ...inbox);
    } catch (error) {
      logDefect('schedule failed', error);
      return outbox.now() + RECOVERY_MS;
    }
  }

  #waitingItems(): number {
    return Object.values(this.figures().waiting).reduce((sum, n) => sum + n, 0);
  }
}

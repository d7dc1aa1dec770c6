import type { DeadLettersQuery } from '@sluice/shared';
import type { ChainHead } from '../consent/chain.ts';
import { logDefect } from '../logDefect.ts';
import type { Item, LaneName } from '../map/item.ts';
import { advanceJob } from './advanceJob.ts';
import { tellAlerts } from './alerts/tellAlerts.ts';
import { type BlockOrder, block } from './block.ts';
import { chooseJob, listCandidates } from './chooseJob.ts';
import { chunkItems } from './chunkItems.ts';
import { buryUnsent } from './deadLetters/buryUnsent.ts';
import { type DeadPage, listDeadLetters } from './deadLetters/listDeadLetters.ts';
import { type Replayed, type ReplayPiece, replayDeadLetters } from './deadLetters/replayDeadLetters.ts';
import { sumWaiting } from './figures/countWaiting.ts';
import { type Figures, readFigures } from './figures/readFigures.ts';
import { summarizeMinute } from './figures/summarizeMinute.ts';
import { freezeNext, inboxDueAt } from './freezeInbox.ts';
import type { Ground } from './Ground.ts';
import { readLine } from './itemLine.ts';
import { laneOf } from './lanes/index.ts';
import {
  ALARM_BUDGET_MS,
  HIGH_WATER_BYTES,
  HIGH_WATER_ITEMS,
  LAST_CALLS_MS,
  MAX_SLEEP_MS,
  RECOVERY_MS,
} from './limits.ts';
import { MERGES_GROUP } from './Merges.ts';
import { Outbox } from './Outbox.ts';
import { tellOptOuts } from './optOuts/tellOptOuts.ts';
import { readBack } from './readBack/readBack.ts';
import { type OptIn, readOptIn } from './readBack/readOptIn.ts';
import { hear } from './reconcile/hear.ts';
import { poll } from './reconcile/poll.ts';
import { readProfiles } from './reconcile/readProfiles.ts';
import { storeItem } from './storedItem.ts';
import { sweep } from './sweep.ts';
import { endLostCalls } from './tables/calls.ts';
import { readHeads } from './tables/heads.ts';
import { type Chunk, countItems } from './tables/inbox.ts';
import { lastJob } from './tables/jobs.ts';
import { reviveOptOuts } from './tables/optOuts.ts';
import { countOutcome } from './tables/outcomes.ts';
import { createTables } from './tables/schema.ts';

export type Accepted = { ok: true } | { ok: false; reason: 'full' };

/**
 * One account's delivery: items come into the inbox, become frozen jobs, and end in exactly one outcome. It knows no
 * clock, network or alarm but those of its ground. The steps are freezeNext, chooseJob and advanceJob.
 */
export class Delivery {
  readonly #outbox: Outbox;
  #wake = Promise.withResolvers<void>();
  #ticking = false;
  #telling = false;

  constructor(ground: Ground) {
    this.#outbox = new Outbox(ground);
    createTables(this.#outbox.sql);
    endLostCalls(this.#outbox.sql, ground.now());
    this.#outbox.inheritedJob = lastJob(this.#outbox.sql);
  }

  /** Whose delivery it is: until a caller says so, what it asks Klaviyo would be asked for `main`. */
  set account(name: string) {
    this.#outbox.account = name;
  }

  /** Stores items durably; once it has answered ok, they are the delivery's. */
  accept(account: string, items: readonly Item[]): Accepted {
    return this.store(account, chunkItems(items.map(storeItem)));
  }

  /** The same for items that are packed into rows already. `isOptOut`: a person asked for all of it. */
  store(account: string, chunks: readonly Chunk[], { isOptOut = false } = {}): Accepted {
    this.#outbox.account = account;
    const hasRoom = this.#hasRoomFor(countItems(chunks));
    // Opt-outs and erasures find room past every mark.
    if (!hasRoom && !isOptOut && chunks.some(({ lane }) => !laneOf(lane).withdraws))
      return { ok: false, reason: 'full' };
    const now = this.#outbox.now();
    this.#outbox.transaction(() => {
      for (const chunk of chunks) this.#outbox.inbox.add(chunk, now);
      // One count a lane, not one a row: each is a row that is paid for.
      for (const [lane, ofLane] of Map.groupBy(chunks, (chunk) => chunk.lane))
        countOutcome(this.#outbox.sql, { lane, outcome: 'accepted', reason: '', n: countItems(ofLane) }, now);
    });
    for (const { items } of chunks.filter(({ grp }) => grp === MERGES_GROUP))
      for (const line of items.split('\n')) this.#outbox.merges.expect(readLine(line));
    this.#wake.resolve();
    return { ok: true };
  }

  #hasRoomFor(items: number): boolean {
    const { sql } = this.#outbox;
    return sumWaiting(this.#outbox) + items <= HIGH_WATER_ITEMS && sql.databaseSize <= HIGH_WATER_BYTES;
  }

  /**
   * Sends nothing more of what the ledger's latest entries withdraw, and notes where their chains end. Returns the ids of
   * the items that are on their way already.
   */
  block(account: string, order: BlockOrder): string[] {
    this.#outbox.account = account;
    return block(this.#outbox, order);
  }

  /** The noted ends of the ledger's chains after a subject, in order. */
  readHeads(after: string, limit: number): ChainHead[] {
    return readHeads(this.#outbox.sql, after, limit);
  }

  /** How lists take people in. */
  async readOptIns(account: string, lists: readonly string[]): Promise<OptIn[]> {
    this.#outbox.account = account;
    return Promise.all(lists.map((list) => readOptIn(this.#outbox, list)));
  }

  /** Reads what people told Klaviyo into the ledger. False when that has to be tried again. */
  async hear(account: string, profileIds: readonly string[]): Promise<boolean> {
    this.#outbox.account = account;
    const consents = await readProfiles(this.#outbox, profileIds);
    return consents !== undefined && hear(this.#outbox, consents);
  }

  /** Keeps items that are too old to be sent as dead letters, and counts what could not even become items. */
  bury(account: string, items: readonly Item[], unreadable: number): void {
    this.#outbox.account = account;
    buryUnsent(this.#outbox, items);
    if (unreadable > 0) this.#outbox.unreadable += unreadable;
  }

  deadLetters(query: Omit<DeadLettersQuery, 'account'>): DeadPage {
    return listDeadLetters(this.#outbox.sql, query);
  }

  /** Sends one piece of the dead letters again. */
  replay(piece: ReplayPiece): Replayed {
    const replayed = replayDeadLetters(this.#outbox, piece);
    this.#wake.resolve();
    return replayed;
  }

  /** Has the dead opt-outs told with the next minute, as if they were new. Returns how many. */
  replayOptOuts(): number {
    return reviveOptOuts(this.#outbox.sql, this.#outbox.now());
  }

  /** `minutes`: how far back the figures of single minutes go. */
  figures(minutes = 0): Figures {
    return readFigures(this.#outbox, minutes);
  }

  /** Tells other systems of opt-outs, as many as are due. Never throws. */
  async tellOptOuts(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      await tellOptOuts(this.#outbox);
    } catch (error) {
      logDefect('telling of opt-outs failed', error);
    } finally {
      this.#telling = false;
    }
  }

  /**
   * What falls due once a minute, besides sending: forgetting what is old, a line in the log, alerts, and what Klaviyo made
   * of changes of consent. `polls`: also who told Klaviyo something. Never throws.
   */
  async tick({ polls = false } = {}): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      sweep(this.#outbox);
      const summary = summarizeMinute(this.#outbox);
      if (summary) console.log(JSON.stringify(summary));
      await tellAlerts(this.#outbox);
      await this.tellOptOuts();
      await readBack(this.#outbox);
      if (polls) await poll(this.#outbox);
    } catch (error) {
      logDefect('tick failed', error);
    } finally {
      this.#ticking = false;
      // It may have found something to send.
      this.#wake.resolve();
    }
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
    const troubles = new Map<LaneName, unknown>();
    for (;;) {
      this.#wake = Promise.withResolvers<void>();
      // Past its time it only waits for what is on its way, but an opt-out does not wait for a call that hangs.
      const consentOnly = outbox.now() >= deadlineMs;
      const isOver = consentOnly && (onTheWay.size === 0 || outbox.now() >= deadlineMs + LAST_CALLS_MS);
      if (!isOver) {
        // A lane that cannot be frozen (the database is away) holds up neither the others nor what was frozen before.
        const except = new Set(troubles.keys());
        for (
          let next = freezeNext(outbox, { consentOnly, except });
          next;
          next = freezeNext(outbox, { consentOnly, except })
        )
          start(
            onTheWay,
            next.done.catch((error) => void troubles.set(next.lane, error)),
          );
        for (let job = chooseJob(outbox, { consentOnly }); job; job = chooseJob(outbox, { consentOnly }))
          start(onTheWay, advanceJob(outbox, job));
      }
      if (onTheWay.size === 0) break;
      await this.#waitForNews(onTheWay, deadlineMs);
    }
    if (troubles.size > 0) throw new AggregateError(troubles.values(), 'what is in the inbox could not be frozen');
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
      return Math.min(...listCandidates(outbox).map(({ dueMs }) => dueMs), inboxDueAt(outbox));
    } catch (error) {
      logDefect('schedule failed', error);
      return outbox.now() + RECOVERY_MS;
    }
  }
}

/** Keeps a step among those that are on their way until it has ended. */
function start(onTheWay: Set<Promise<void>>, step: Promise<void>): void {
  const task = step.finally(() => onTheWay.delete(task));
  onTheWay.add(task);
}

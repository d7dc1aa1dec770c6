import { DurableObject } from 'cloudflare:workers';
import type { DeadLettersQuery } from '@sluice/shared';
import type { ChainHead } from '../consent/chain.ts';
import type { Env } from '../env.ts';
import type { Item } from '../map/item.ts';
import { requireSettings } from '../settings.ts';
import type { BlockOrder } from './block.ts';
import { chunkItems } from './chunkItems.ts';
import { type Accepted, Delivery } from './Delivery.ts';
import type { DeadPage } from './deadLetters/listDeadLetters.ts';
import type { Replayed, ReplayPiece } from './deadLetters/replayDeadLetters.ts';
import type { Figures } from './figures/readFigures.ts';
import { startTimer } from './Ground.ts';
import type { OptIn } from './readBack/readOptIn.ts';
import { storeItem } from './storedItem.ts';
import type { Chunk } from './tables/inbox.ts';

/** Owns one Klaviyo account's delivery: gives it the runtime's storage, clock and network, and keeps its alarm. */
export class Dispatcher extends DurableObject<Env> {
  readonly #delivery: Delivery;
  #isRinging = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#delivery = new Delivery({
      storage: ctx.storage,
      db: env.DB,
      settings: () => requireSettings(env),
      now: () => Date.now(),
      random: () => Math.random(),
      fetch: (url, init) => fetch(url, init),
      timer: startTimer,
    });
  }

  /** Stores items durably; once it has answered ok, they are the Dispatcher's. */
  async accept(account: string, items: readonly Item[]): Promise<Accepted> {
    return this.store(account, chunkItems(items.map(storeItem)));
  }

  /** The same for items that are packed into rows already: the Workers have more time than this one object. */
  async store(account: string, chunks: readonly Chunk[], options?: { isOptOut: boolean }): Promise<Accepted> {
    const accepted = this.#delivery.store(account, chunks, options);
    if (accepted.ok) await this.#hasten();
    return accepted;
  }

  /** Sends nothing more of what the ledger's latest entries withdraw. Returns the ids of items that are on their way. */
  block(account: string, order: BlockOrder): string[] {
    const inFlight = this.#delivery.block(account, order);
    // Beside the answer, and not with the alarm, whose connections are Klaviyo's.
    if (order.notices?.length) this.ctx.waitUntil(this.#delivery.tellOptOuts());
    return inFlight;
  }

  /** The noted ends of the ledger's chains after a subject, in order. */
  readHeads(after: string, limit: number): ChainHead[] {
    return this.#delivery.readHeads(after, limit);
  }

  /** How lists take people in, in their order. */
  readOptIns(account: string, lists: readonly string[]): Promise<OptIn[]> {
    return this.#delivery.readOptIns(account, lists);
  }

  /** Klaviyo told that something changed for some of its profiles. False when it has to tell again. */
  async hear(account: string, profileIds: readonly string[]): Promise<boolean> {
    const isHeard = await this.#delivery.hear(account, profileIds);
    if (isHeard) this.ctx.waitUntil(this.#delivery.tellOptOuts());
    return isHeard;
  }

  /** Takes in items that are too old to be sent, as dead letters; `unreadable`: messages that held nothing to keep. */
  bury(account: string, items: readonly Item[], unreadable: number): void {
    this.#delivery.bury(account, items, unreadable);
  }

  deadLetters(query: Omit<DeadLettersQuery, 'account'>): DeadPage {
    return this.#delivery.deadLetters(query);
  }

  /** Sends one piece of the dead letters again; the caller asks for the next. */
  async replay(piece: ReplayPiece): Promise<Replayed> {
    const replayed = this.#delivery.replay(piece);
    await this.#hasten();
    return replayed;
  }

  /** Tells other systems of the opt-outs that they did not take in time. Returns how many. */
  replayOptOuts(): number {
    return this.#delivery.replayOptOuts();
  }

  /** Called by cron: an alarm that the platform gave up on comes back to life, and what falls due by the minute is done. */
  async wake(account: string): Promise<void> {
    this.#delivery.account = account;
    await this.#schedule(this.#delivery.nextWork());
    await this.#delivery.tick({ polls: true });
    await this.#hasten();
  }

  /** `minutes`: how far back the figures of single minutes go. */
  figures(minutes = 0): Figures {
    return this.#delivery.figures(minutes);
  }

  /** Never throws: after six failures the platform would not call again. */
  override async alarm(): Promise<void> {
    this.#isRinging = true;
    try {
      const next = await this.#delivery.work();
      this.#isRinging = false;
      await this.#schedule(next);
    } finally {
      this.#isRinging = false;
    }
  }

  /** Sets the alarm where what came just now is due before it rings. Each setting is a row that is paid for. */
  async #hasten(): Promise<void> {
    // The handler sets the next alarm at its end, and one that a crash cuts off rings again by itself.
    if (this.#isRinging) return;
    const set = await this.ctx.storage.getAlarm();
    if (set !== null && set <= Date.now()) return;
    const next = this.#delivery.nextWork();
    if (set === null || (next !== undefined && next < set)) await this.#schedule(next);
  }

  /** One alarm for the earliest thing to do. */
  async #schedule(nextMs: number | undefined): Promise<void> {
    if (nextMs !== undefined) await this.ctx.storage.setAlarm(nextMs);
  }
}

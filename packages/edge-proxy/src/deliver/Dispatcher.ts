import { DurableObject } from 'cloudflare:workers';
import type { DeadLettersQuery } from '@sluice/shared';
import type { Env } from '../env.ts';
import type { Item } from '../map/item.ts';
import { requireSettings } from '../settings.ts';
import { type Accepted, Delivery } from './Delivery.ts';
import type { DeadPage } from './deadLetters/listDeadLetters.ts';
import type { Replayed, ReplayPiece } from './deadLetters/replayDeadLetters.ts';
import type { Figures } from './figures/readFigures.ts';
import { startTimer } from './Ground.ts';

/** Owns one Klaviyo account's delivery: gives it the runtime's storage, clock and network, and keeps its alarm. */
export class Dispatcher extends DurableObject<Env> {
  readonly #delivery: Delivery;

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
    const accepted = this.#delivery.accept(account, items);
    if (accepted.ok) await this.#schedule(this.#delivery.nextWork());
    return accepted;
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
    await this.#schedule(this.#delivery.nextWork());
    return replayed;
  }

  /** Called by cron: an alarm that the platform gave up on comes back to life, and what falls due by the minute is done. */
  async wake(): Promise<void> {
    await this.#schedule(this.#delivery.nextWork());
    await this.#delivery.tick();
  }

  /** `minutes`: how far back the figures of single minutes go. */
  figures(minutes = 0): Figures {
    return this.#delivery.figures(minutes);
  }

  /** Never throws: after six failures the platform would not call again. */
  override async alarm(): Promise<void> {
    await this.#schedule(await this.#delivery.work());
  }

  /** One alarm for the earliest thing to do. `getAlarm` is not to be trusted inside the handler. */
  async #schedule(nextMs: number | undefined): Promise<void> {
    if (nextMs !== undefined) await this.ctx.storage.setAlarm(nextMs);
  }
}

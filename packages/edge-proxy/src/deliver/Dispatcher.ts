import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import type { Item } from '../map/item.ts';
import { requireSettings } from '../settings.ts';
import { type Accepted, Delivery, type Figures } from './Delivery.ts';
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

  /** Called by cron: an alarm that the platform gave up on comes back to life. */
  async wake(): Promise<void> {
    this.#delivery.sweep();
    await this.#schedule(this.#delivery.nextWork());
  }

  figures(): Figures {
    return this.#delivery.figures();
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

import type { Account } from '@sluice/shared';
import type { Env } from '../env.ts';
import type { LaneName } from '../map/item.ts';
import { requireSettings, type Settings } from '../settings.ts';
import type { ErrorPages } from './settleImport.ts';
import type { Stops } from './stops.ts';

/**
 * What the steps of one account's delivery share: its storage, which is the truth, and what is on its way, which a
 * restart forgets.
 */
export class Outbox {
  readonly sql: SqlStorage;
  /** Jobs that are being sent or asked after, with their lane. */
  readonly busy = new Map<number, LaneName>();
  /** Import errors read so far, by job. */
  readonly errorPages = new Map<number, ErrorPages>();
  readonly env: Env;
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage, env: Env) {
    this.#storage = storage;
    this.sql = storage.sql;
    this.env = env;
  }

  /** Runs a change as a whole or not at all. */
  transaction(change: () => void): void {
    this.#storage.transactionSync(change);
  }

  get account(): string {
    return this.#storage.kv.get<string>('account') ?? 'main';
  }

  set account(name: string) {
    if (this.#storage.kv.get('account') !== name) this.#storage.kv.put('account', name);
  }

  get stops(): Stops {
    return this.#storage.kv.get<Stops>('stops') ?? {};
  }

  set stops(stops: Stops) {
    // Nothing is closed most of the time, and then nothing needs to be written.
    if (Object.keys(stops).length > 0) this.#storage.kv.put('stops', stops);
    else this.#storage.kv.delete('stops');
  }

  get settings(): Settings {
    return requireSettings(this.env);
  }

  get klaviyo(): Account {
    const account = this.settings.config.accounts[this.account];
    if (!account) throw new Error(`the account "${this.account}" is no longer in the configuration; its items wait`);
    return account;
  }
}

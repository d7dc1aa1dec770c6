import type { Account } from '@sluice/shared';
import type { LaneName } from '../map/item.ts';
import type { Settings } from '../settings.ts';
import type { Ground } from './Ground.ts';
import type { ErrorPages } from './settleImport.ts';
import type { Stops } from './stops.ts';

/**
 * What the steps of one account's delivery share: its storage, which is the truth, and what is on its way, which a
 * restart forgets.
 */
export class Outbox {
  readonly ground: Ground;
  readonly sql: SqlStorage;
  /** Jobs that are being sent or asked after, with their lane. */
  readonly busy = new Map<number, LaneName>();
  /** Import errors read so far, by job. */
  readonly errorPages = new Map<number, ErrorPages>();

  constructor(ground: Ground) {
    this.ground = ground;
    this.sql = ground.storage.sql;
  }

  now(): number {
    return this.ground.now();
  }

  /** Runs a change as a whole or not at all. */
  transaction(change: () => void): void {
    this.ground.storage.transactionSync(change);
  }

  get account(): string {
    return this.ground.storage.kv.get<string>('account') ?? 'main';
  }

  set account(name: string) {
    if (this.ground.storage.kv.get('account') !== name) this.ground.storage.kv.put('account', name);
  }

  get stops(): Stops {
    return this.ground.storage.kv.get<Stops>('stops') ?? {};
  }

  set stops(stops: Stops) {
    // Nothing is closed most of the time, and then nothing needs to be written.
    if (Object.keys(stops).length > 0) this.ground.storage.kv.put('stops', stops);
    else this.ground.storage.kv.delete('stops');
  }

  get settings(): Settings {
    return this.ground.settings();
  }

  get klaviyo(): Account {
    const account = this.settings.config.accounts[this.account];
    if (!account) throw new Error(`the account "${this.account}" is no longer in the configuration; its items wait`);
    return account;
  }
}

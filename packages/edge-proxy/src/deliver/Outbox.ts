import type { Account } from '@sluice/shared';
import { followLimits } from '../klaviyo/followLimits.ts';
import { OPERATIONS, type Operation, type RateLimit } from '../klaviyo/operations.ts';
import type { LaneName } from '../map/item.ts';
import type { Settings } from '../settings.ts';
import type { AlertBook } from './alerts/bookAlerts.ts';
import type { LastError } from './figures/noteAnswer.ts';
import type { FrozenItem } from './freeze.ts';
import type { Ground } from './Ground.ts';
import type { Found } from './lane.ts';
import { Merges } from './Merges.ts';
import type { OptIn } from './readBack/readOptIn.ts';
import type { Polling } from './settleImport.ts';
import { type Stops, stampStops } from './stops.ts';
import { Inbox } from './tables/inbox.ts';

type SaidLimits = Partial<Record<Operation, Partial<RateLimit>>>;

/**
 * What the steps of one account's delivery share: its storage, which is the truth, and what is on its way, which a
 * restart forgets.
 */
export class Outbox {
  readonly ground: Ground;
  readonly sql: SqlStorage;
  readonly inbox: Inbox;
  /** Jobs that are being sent or asked after, with their lane. */
  readonly busy = new Map<number, LaneName>();
  /** Lanes of which a batch is being frozen, with the last block that is known to its freezing. */
  readonly freezing = new Map<LaneName, number>();
  /** The items of calls that Klaviyo has not answered yet, by job. */
  readonly inFlight = new Map<number, readonly FrozenItem[]>();
  /** The people whose consent a job on its way changes, by job. */
  readonly changing = new Map<number, ReadonlySet<string>>();
  /** How lists take people in, and when that was read. */
  readonly optIns = new Map<string, { optIn: OptIn; readMs: number }>();
  /** Klaviyo's ids of its own metrics, by name. */
  readonly metricIds = new Map<string, string>();
  /** The last job that an earlier life left behind. */
  inheritedJob = 0;
  /** What asking after imports has come to so far, by job. */
  readonly polling = new Map<number, Polling>();
  /** When Klaviyo last took a call, by operation. */
  readonly takenMs = new Map<Operation, number>();
  /** The items of jobs that were frozen in this life and have not been called yet, by job. */
  readonly fresh = new Map<number, FrozenItem[]>();
  readonly merges = new Merges();
  /** Profile ids found so far for a job's call, by job. */
  readonly found = new Map<number, Found>();

  constructor(ground: Ground) {
    this.ground = ground;
    this.sql = ground.storage.sql;
    this.inbox = new Inbox(this.sql);
  }

  now(): number {
    return this.ground.now();
  }

  /** Runs a change as a whole or not at all. */
  transaction(change: () => void): void {
    try {
      this.ground.storage.transactionSync(change);
    } catch (error) {
      this.inbox.forget();
      throw error;
    }
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
    if (Object.keys(stops).length > 0) this.ground.storage.kv.put('stops', stampStops(stops, this.stops, this.now()));
    else if (this.ground.storage.kv.get('stops') !== undefined) this.ground.storage.kv.delete('stops');
  }

  /** The limits of an operation: the table's, or what Klaviyo's answers last said of them, also before a restart. */
  limitOf(operation: Operation): RateLimit {
    return followLimits(OPERATIONS[operation].limit, this.#saidLimits[operation]);
  }

  noteLimits(operation: Operation, said: Partial<RateLimit>): void {
    const before = this.limitOf(operation);
    const noted = { ...this.#saidLimits[operation], ...said };
    const after = followLimits(OPERATIONS[operation].limit, noted);
    // Almost every answer says the same: nothing needs to be written then.
    if (after.perSecond === before.perSecond && after.perMinute === before.perMinute) return;
    this.ground.storage.kv.put('limits', { ...this.#saidLimits, [operation]: noted });
  }

  get #saidLimits(): SaidLimits {
    return this.ground.storage.kv.get<SaidLimits>('limits') ?? {};
  }

  get lastError(): LastError | undefined {
    return this.ground.storage.kv.get<LastError>('lastError');
  }

  set lastError(error: LastError) {
    this.ground.storage.kv.put('lastError', error);
  }

  get alerts(): AlertBook {
    return this.ground.storage.kv.get<AlertBook>('alerts') ?? { active: {}, notices: [] };
  }

  set alerts(book: AlertBook) {
    this.ground.storage.kv.put('alerts', book);
  }

  /** Events that no release could read before they grew too old; a message whose events cannot be told apart is one. */
  get unreadable(): number {
    return this.ground.storage.kv.get<number>('unreadable') ?? 0;
  }

  set unreadable(n: number) {
    this.ground.storage.kv.put('unreadable', n);
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

import { DatabaseSync } from 'node:sqlite';
import type { Decision } from '../../../src/consent/decision.ts';
import { recordDecisions } from '../../../src/consent/recordDecisions.ts';
import { knownAs } from '../../../src/consent/subjects.ts';
import type { BlockOrder } from '../../../src/deliver/block.ts';
import { Delivery } from '../../../src/deliver/Delivery.ts';
import type { Dispatcher } from '../../../src/deliver/Dispatcher.ts';
import type { ReplayPlace } from '../../../src/deliver/deadLetters/replayDeadLetters.ts';
import type { Ground } from '../../../src/deliver/Ground.ts';
import type { Chunk } from '../../../src/deliver/tables/inbox.ts';
import type { Env } from '../../../src/env.ts';
import type { Identifiers } from '../../../src/klaviyo/profileAttributes.ts';
import type { Item } from '../../../src/map/item.ts';
import { readSettings, type Settings } from '../../../src/settings.ts';
import { mulberry32 } from './mulberry32.ts';
import { migratedDatabase, sqliteD1 } from './sqliteD1.ts';
import { sqliteStorage } from './sqliteStorage.ts';
import { START_MS } from './startMs.ts';
import { VirtualTime } from './VirtualTime.ts';

export { START_MS } from './startMs.ts';

/** What a dead life meets where it would go on; no defect of the delivery. */
export const LIFE_IS_OVER = 'this life is over';

export interface HostOptions {
  /** Of everything that is left to chance. */
  seed: number;
  /** The part of Klaviyo's limits that is ours. */
  share: number;
  /** Where the storage lives. @default memory */
  file?: string;
}

/**
 * What the runtime is to one account's delivery, in virtual time: storage on real SQLite, a database, an alarm, and
 * crashes that lose all but what is stored. The network is the subclass's.
 */
export abstract class DeliveryHost {
  readonly time = new VirtualTime(START_MS);
  readonly storage: Ground['storage'];
  readonly random: () => number;
  readonly database = migratedDatabase();
  /** The database as others use it. */
  readonly db = sqliteD1(this.database);
  /** The Dispatcher as others call it. */
  readonly dispatcher = {
    block: async (account: string, order: BlockOrder) => this.#delivery.block(account, order),
    store: async (account: string, chunks: readonly Chunk[], options?: { isOptOut: boolean }) => {
      const accepted = this.#delivery.store(account, chunks, options);
      if (accepted.ok) this.#setAlarm(this.#delivery.nextWork());
      return accepted;
    },
    readHeads: async (after: string, limit: number) => this.#delivery.readHeads(after, limit),
    readOptIns: (account: string, lists: readonly string[]) =>
      Promise.race([this.#delivery.readOptIns(account, lists), this.#death.promise]),
    hear: (account: string, profileIds: readonly string[]) =>
      Promise.race([this.#delivery.hear(account, profileIds), this.#death.promise]),
  };
  /** How long the database takes for an answer. */
  databaseMs = 0;
  /** How long its answer is on its way. */
  databaseAnswerMs = 0;
  #alarm: { cancel(): void } | undefined;
  /** The life whose alarm works now. */
  #ringing: number | undefined;
  #life = 0;
  /** Whoever called a life that ends hears of it. */
  #death = Promise.withResolvers<never>();
  #decided = 0;
  #untilCrash: number | undefined;
  #settings: Settings;
  #delivery: Delivery;

  constructor({ seed, share, file = ':memory:' }: HostOptions) {
    this.storage = sqliteStorage(new DatabaseSync(file));
    this.random = mulberry32(seed);
    this.#settings = settingsOf(share);
    this.#delivery = new Delivery(this.#ground());
  }

  protected abstract fetch(url: string, init: RequestInit): Promise<Response>;

  accept(items: readonly Item[]): boolean {
    const { ok } = this.#delivery.accept('main', items);
    if (ok) this.#setAlarm(this.#delivery.nextWork());
    return ok;
  }

  /** A person decides, as the routes write it down. Returns the ids of items that were on their way. */
  async decide(who: Identifiers, change: Partial<Decision> = {}): Promise<string[]> {
    const { ledgerKeys } = this.#settings;
    const said: Omit<Decision, 'subject' | 'formerly'> = {
      purpose: 'tracking',
      decision: 'denied',
      list: '',
      decidedAtMs: this.time.nowMs,
      receivedAtMs: this.time.nowMs,
      source: 'backend',
      messageId: `d${this.#decided++}`,
      evidence: {},
    };
    const decisions = (await knownAs('main', who, ledgerKeys)).map((known) => ({ ...said, ...change, ...known }));
    // The part of the Dispatcher's that recording uses.
    const dispatcher = this.dispatcher as unknown as Pick<DurableObjectStub<Dispatcher>, 'block'>;
    const recorded = await recordDecisions(decisions, { db: this.db, dispatcher, account: 'main', ledgerKeys });
    if (!recorded.ok) throw new Error(recorded.reason);
    return recorded.inFlight;
  }

  /** What falls due once a minute. */
  async tick(options?: { polls: boolean }): Promise<void> {
    await this.#delivery.tick(options);
    this.#setAlarm(this.#delivery.nextWork());
  }

  /** An operator has all that is dead sent again. */
  replay(): void {
    let from: ReplayPlace | null | undefined;
    do ({ next: from } = this.#delivery.replay({ filter: {}, ...(from ? { from } : {}) }));
    while (from);
    const next = this.#delivery.nextWork();
    if (next !== undefined) this.#setAlarm(next);
  }

  /** Items that are kept as dead letters. */
  deadLetters(): number {
    return this.storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM dead_letters').one().n;
  }

  figures() {
    return this.#delivery.figures();
  }

  /** The key that Klaviyo is called with. */
  useKey(key: string): void {
    this.#settings.klaviyoKeys.set('main', key);
  }

  get ledgerKeys(): Settings['ledgerKeys'] {
    return this.#settings.ledgerKeys;
  }

  /** The ledger's key is replaced; the old one is kept. */
  replaceLedgerKey(): void {
    const { keys } = this.#settings.ledgerKeys;
    const next = String(Object.keys(keys).length + 1);
    this.#settings.ledgerKeys = {
      current: next,
      keys: { ...keys, [next]: `ledger-key-${next}-that-is-for-tests-only` },
    };
  }

  /** The process dies at the nth wait from now on, and a new one finds what is stored. */
  crashAtWait(n: number): void {
    this.#untilCrash = n;
  }

  crash(): void {
    this.#untilCrash = undefined;
    this.#life += 1;
    this.#death.promise.catch(() => {});
    this.#death.reject(new Error(LIFE_IS_OVER));
    this.#death = Promise.withResolvers();
    this.#delivery = new Delivery(this.#ground());
    // An alarm that was cut off fires again.
    this.#setAlarm(this.time.nowMs);
  }

  pass(ms: number): Promise<void> {
    return this.time.pass(ms);
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await this.time.timer(ms).done;
  }

  #ground(): Ground {
    const life = this.#life;
    const alive = <T>(work: Promise<T>): Promise<T> =>
      work.then(
        (value) => (life === this.#life ? value : new Promise<T>(() => {})),
        (error) => (life === this.#life ? Promise.reject(error) : new Promise<T>(() => {})),
      );
    return {
      storage: this.#storageOf(life),
      db: sqliteD1(this.database, {
        before: () => alive(this.#checkpoint().then(() => this.#wait(this.databaseMs))),
        after: () => alive(this.#wait(this.databaseAnswerMs)),
      }),
      settings: () => this.#settings,
      now: () => this.time.nowMs,
      random: this.random,
      fetch: (url, init) =>
        alive(
          this.#checkpoint()
            .then(() => this.fetch(url, init))
            .finally(() => this.#checkpoint()),
        ),
      timer: (ms) => {
        const { done, cancel } = this.time.timer(ms);
        return { done: alive(done), cancel };
      },
    };
  }

  /** Cryptography wakes a dead life too; it must not touch what its successor works with. */
  #storageOf(life: number): Ground['storage'] {
    const { sql, kv, transactionSync } = this.storage;
    const lives = <P extends unknown[], R>(use: (...parameters: P) => R) => {
      return (...parameters: P): R => {
        if (life !== this.#life) throw new Error(LIFE_IS_OVER);
        return use(...parameters);
      };
    };
    const storage = {
      sql: {
        exec: lives(sql.exec),
        get databaseSize() {
          return sql.databaseSize;
        },
      },
      kv: { get: lives(kv.get), put: lives(kv.put), delete: lives(kv.delete) },
      transactionSync: lives(transactionSync),
    };
    // The same parts as the storage itself.
    return storage as unknown as Ground['storage'];
  }

  /** A place where the process may die: whoever waits here then waits for ever. */
  async #checkpoint(): Promise<void> {
    if (this.#untilCrash === undefined) return;
    this.#untilCrash -= 1;
    if (this.#untilCrash > 0) return;
    this.#untilCrash = undefined;
    const life = this.#life;
    // What runs now runs to its next wait first: a call that it begins meanwhile dies with it.
    await this.time.during(new Promise((resolve) => setImmediate(resolve)));
    if (life === this.#life) this.crash();
    await new Promise(() => {});
  }

  #setAlarm(atMs: number | undefined): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (atMs === undefined) return;
    const timer = this.time.timer(atMs - this.time.nowMs);
    this.#alarm = timer;
    timer.done.then(() => this.#ring());
  }

  /** Alarms never overlap: one that falls due while another works waits for its end. */
  async #ring(): Promise<void> {
    const life = this.#life;
    if (this.#ringing === life) return;
    this.#ringing = life;
    const next = await this.#delivery.work();
    if (life !== this.#life) return;
    this.#ringing = undefined;
    this.#setAlarm(next);
  }
}

function settingsOf(share: number): Settings {
  const config = {
    accounts: { main: { baseUrl: 'https://klaviyo.test', defaultList: 'DEMO01', share } },
    sources: [{ id: 'backend', kind: 'server', scopes: ['events'] }],
  };
  const read = readSettings({
    SLUICE_CONFIG: JSON.stringify(config),
    KLAVIYO_API_KEY: 'pk_emulator_demo',
    SECRET_KEYS: JSON.stringify({ backend: ['sk_backend'] }),
    OPERATOR_TOKENS: '{}',
    LEDGER_KEYS: JSON.stringify({ current: '1', keys: { 1: 'a-ledger-key-that-is-for-tests-only' } }),
  } as Env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { ...read.settings, klaviyoKeys: new Map(read.settings.klaviyoKeys) };
}

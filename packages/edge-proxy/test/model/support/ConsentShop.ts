import { createHmac } from 'node:crypto';
import { createApp } from '../../../src/app.ts';
import { collectMessages } from '../../../src/collect.ts';
import type { Env } from '../../../src/env.ts';
import type { IngestMessage } from '../../../src/ingest/acceptedEvent.ts';
import { Simulation, type SimulationOptions } from './Simulation.ts';
import { sqliteD1 } from './sqliteD1.ts';

/** One request of a page or a back end, and each time that it was sent: under the same id, with the same words. */
export interface Asked {
  id: string;
  path: '/v1/subscribe' | '/v1/unsubscribe' | '/v1/consent' | '/v1/batch';
  by: 'page' | 'backend';
  body: object;
  /** When it was sent, and how many calls Klaviyo had seen by then. */
  tries: { atMs: number; calls: number }[];
  /** When it was taken, how many calls Klaviyo had seen by then, and the ids that the answer named. */
  answers: { atMs: number; calls: number; named: string[] }[];
  /** The codes of refusals, which no second try would change. */
  refusals: { code: string; calls: number }[];
}

export interface Click {
  atMs: number;
  email: string;
  decision: 'granted' | 'denied';
  /** "" means everywhere. */
  list: string;
}

export type NewRequest = Pick<Asked, 'id' | 'path' | 'by' | 'body'>;

/** What happens to a Worker at one of its waits: the wait fails, or the Worker ends there and nobody hears of it. */
export type WorkerMishap = 'fails' | 'ends';

const WEBHOOK_SECRET = 'a-webhook-secret-that-is-for-tests-only';
const MINUTE_MS = 60_000;
/** How long a queue waits for a fuller batch, about. */
const QUEUE_WAIT_MS = 1000;

const KEYS = { page: 'wk_page', backend: 'sk_backend' };
export const LISTS = ['DEMO01', 'SALES1', 'DOUBLE'] as const;

/** A shop's whole proxy in virtual time: the routes, the queue, the ledger and the delivery, with all that may end midway. */
export class ConsentShop extends Simulation {
  readonly asked: Asked[] = [];
  queue: IngestMessage[] = [];
  /** The queue hands nothing over unless told so: what comes late may then come in any order. */
  holdsQueue = false;
  /** What people did with Klaviyo itself. */
  readonly clicks: Click[] = [];
  #mishap: { kind: WorkerMishap; inWaits: number } | undefined;
  readonly #app = createApp({});
  readonly #db: D1Database;
  #env: Env | undefined;

  constructor(options: SimulationOptions = {}) {
    const lists = [
      { id: 'DEMO01', name: 'Newsletter' },
      { id: 'SALES1', name: 'Sales' },
      { id: 'DOUBLE', name: 'Confirmed', optIn: 'double_opt_in' as const },
    ];
    super({
      ...options,
      klaviyo: {
        accounts: [{ publicKey: 'EMULAT', keys: [{ key: 'pk_emulator_demo' }], lists }],
        requestLog: { maxEntries: 100_000, maxBodyBytes: 100_000, maxBytes: 1e9 },
        ...options.klaviyo,
      },
    });
    this.#db = sqliteD1(this.database, { before: () => this.#wait(), after: () => this.#wait() });
    this.#beat();
  }

  /** Sends a request; what it comes to shows in `asked`. */
  async ask(request: NewRequest): Promise<void> {
    const asked: Asked = { ...request, tries: [], answers: [], refusals: [] };
    this.asked.push(asked);
    await this.askAgain(asked);
  }

  /** The sender heard nothing, or was told to come again, or its own network says everything twice. */
  async askAgain(asked: Asked): Promise<void> {
    asked.tries.push({ atMs: this.time.nowMs, calls: this.#calls() });
    const request = new Request(`https://edge.example${asked.path}`, {
      method: 'POST',
      headers: { origin: 'https://shop.example' },
      body: JSON.stringify({ ...asked.body, writeKey: KEYS[asked.by] }),
    });
    this.time.during(
      Promise.resolve(this.#app.fetch(request, this.#environment())).then((response) => this.#note(asked, response)),
    );
    await this.time.rest();
  }

  /** The queue hands some of what it holds over. It may hand a message over again although it was acknowledged. */
  async collect(isTaken: (index: number) => boolean, how?: { turned: boolean; again: boolean }): Promise<void> {
    this.#handOver(isTaken, how);
    await this.time.rest();
  }

  #handOver(isTaken: (index: number) => boolean, { turned = false, again = false } = {}): void {
    const taken = this.queue.filter((_, index) => isTaken(index));
    const messages = (turned ? taken.toReversed() : taken).map((body, index) => ({
      id: String(index),
      attempts: 1,
      body,
      ack: () => {
        if (!again) this.queue = this.queue.filter((each) => each !== body);
      },
      retry() {},
    }));
    // The parts of a batch that collecting uses.
    const batch = { queue: 'sluice-ingest', messages } as unknown as MessageBatch<IngestMessage>;
    this.time.during(collectMessages(batch, this.#environment()));
  }

  /** A person leaves on Klaviyo's own page. */
  leave(email: string, list?: string): void {
    if (!this.klaviyo.optOut({ email, listId: list })) return;
    this.clicks.push({ atMs: this.time.nowMs, email, decision: 'denied', list: list ?? '' });
  }

  /** A person answers all that they were asked to confirm. */
  confirm(email: string): void {
    const profile = this.klaviyo.state().profiles.find((each) => each.email === email);
    const asked = profile?.consent.email.pending.map(({ list }) => list ?? '') ?? [];
    if (asked.length > 0) this.klaviyo.confirmOptIn({ email });
    for (const list of asked) this.clicks.push({ atMs: this.time.nowMs, email, decision: 'granted', list });
  }

  /** Klaviyo says by webhook that something happened to a person, whether it did or not: it may be late, or sent again. */
  async tell(email: string): Promise<void> {
    const profile = this.klaviyo.state().profiles.find((each) => each.email === email);
    if (!profile) return;
    const data = [{ payload: { data: { type: 'event', relationships: { profile: { data: { id: profile.id } } } } } }];
    const body = JSON.stringify({ meta: { klaviyo_webhook_id: 'hook' }, data });
    const timestamp = new Date(this.time.nowMs).toUTCString();
    const headers = {
      'klaviyo-signature': createHmac('sha256', WEBHOOK_SECRET)
        .update(body + timestamp)
        .digest('hex'),
      'klaviyo-timestamp': timestamp,
      'klaviyo-webhook-id': 'hook',
    };
    const request = new Request('https://edge.example/v1/webhooks/klaviyo', { method: 'POST', headers, body });
    this.time.during(Promise.resolve(this.#app.fetch(request, this.#environment())));
    await this.time.rest();
  }

  workerMishap(kind: WorkerMishap, inWaits: number): void {
    this.#mishap = { kind, inWaits };
  }

  override replaceLedgerKey(): void {
    super.replaceLedgerKey();
    this.#env = undefined;
  }

  /** Nothing goes wrong any more, and whoever was not answered asks again, until all is done. */
  async settle(ms: number): Promise<void> {
    this.network.mishaps.length = 0;
    this.network.answerInstead = () => undefined;
    this.network.latencyMs = () => this.random() ** 3 * 1500;
    this.#mishap = undefined;
    this.databaseAnswerMs = 0;
    this.holdsQueue = false;
    for (let unanswered = this.unanswered(); unanswered.length > 0; unanswered = this.unanswered()) {
      for (const asked of unanswered) await this.askAgain(asked);
      await this.pass(10_000);
    }
    while (this.queue.length > 0) {
      await this.collect(() => true);
      await this.pass(10_000);
    }
    await this.pass(ms);
  }

  unanswered(): Asked[] {
    return this.asked.filter(({ answers, refusals }) => answers.length + refusals.length === 0);
  }

  /** The cron of each minute. */
  #beat(): void {
    this.time.plan(MINUTE_MS, () => {
      void this.tick({ polls: true });
      this.#beat();
    });
  }

  #calls(): number {
    return this.klaviyo.requests().length;
  }

  async #note(asked: Asked, response: Response): Promise<void> {
    const calls = this.#calls();
    const { status } = response;
    const { inFlight = [], error } = (await response.json()) as { inFlight?: string[]; error?: { code: string } };
    if (response.ok) asked.answers.push({ atMs: this.time.nowMs, calls, named: inFlight });
    else if (status !== 503) asked.refusals.push({ code: error?.code ?? String(status), calls });
  }

  /** A Worker's wait for something outside of it, in virtual time. */
  #wait(): Promise<void> {
    return this.time.aside(this.#travel());
  }

  async #travel(): Promise<void> {
    await this.time.timer(this.random() ** 2 * 200).done;
    if (this.#mishap === undefined) return;
    this.#mishap.inWaits -= 1;
    if (this.#mishap.inWaits > 0) return;
    const { kind } = this.#mishap;
    this.#mishap = undefined;
    if (kind === 'fails') throw new Error('out of reach');
    await new Promise(() => {});
  }

  async #reach<T>(work: () => T): Promise<Awaited<T>> {
    await this.#wait();
    const result = await this.time.aside(Promise.resolve(work()));
    await this.#wait();
    return result;
  }

  #environment(): Env {
    this.#env ??= this.#bindings();
    return this.#env;
  }

  #bindings(): Env {
    const { block, store, readHeads, readOptIns, hear } = this.dispatcher;
    const dispatcher = {
      block: (...order: Parameters<typeof block>) => this.#reach(() => block(...order)),
      store: (...chunks: Parameters<typeof store>) => this.#reach(() => store(...chunks)),
      readHeads,
      hear: (...people: Parameters<typeof hear>) => this.#reach(() => hear(...people)),
      readOptIns: (...lists: Parameters<typeof readOptIns>) => this.#reach(() => readOptIns(...lists)),
    };
    const send = (message: IngestMessage) =>
      this.#reach(() => {
        this.queue.push(JSON.parse(JSON.stringify(message)));
        if (!this.holdsQueue) this.time.plan(QUEUE_WAIT_MS, () => this.#handOver(() => true));
      });
    // Limits are tested where the runtime's own limiter counts.
    const limiter = { limit: async () => ({ success: true }) };
    // The parts of the runtime's that the routes and the consumer use.
    return {
      ...VARIABLES,
      LEDGER_KEYS: JSON.stringify(this.ledgerKeys),
      DB: this.#db,
      INGEST: { send },
      DISPATCHER: { getByName: () => dispatcher },
      LIMITER: limiter,
      ADDRESS_LIMITER: limiter,
      SOURCE_LIMITER: limiter,
    } as unknown as Env;
  }
}

const VARIABLES = {
  SLUICE_CONFIG: JSON.stringify({
    accounts: { main: { baseUrl: 'https://klaviyo.test', defaultList: 'DEMO01' } },
    sources: [
      { id: 'web', kind: 'public', writeKey: KEYS.page, origins: ['*'], lists: LISTS },
      { id: 'backend', kind: 'server', scopes: ['events', 'consent'] },
    ],
    // Whether a person may be tracked is the ledger's word alone here: what the door does with signals is tested there.
    consent: { default: { unknown: 'send' } },
  }),
  SECRET_KEYS: JSON.stringify({ backend: [KEYS.backend] }),
  KLAVIYO_API_KEY: 'pk_emulator_demo',
  KLAVIYO_WEBHOOK_SECRET: WEBHOOK_SECRET,
  OPERATOR_TOKENS: '{}',
};

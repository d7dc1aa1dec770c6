import { Delivery } from '../../src/deliver/Delivery.ts';
import type { Ground } from '../../src/deliver/Ground.ts';
import type { Chunk } from '../../src/deliver/tables/inbox.ts';
import type { Env } from '../../src/env.ts';
import { unfoldMessage } from '../../src/ingest/unfoldMessage.ts';
import { collect, ingest } from '../../src/pipeline.ts';
import { requireSettings } from '../../src/settings.ts';
import { START_MS } from '../model/support/startMs.ts';
import { benchEnv, queueBatch } from './benchEnv.ts';
import type { Phase, Sizes } from './phase.ts';
import { shopRequest } from './shopRequests.ts';
import { emptyD1 } from './sqlD1.ts';
import { toRequest } from './toRequest.ts';

const EVENTS_PER_REQUEST = 20;
const MESSAGES_PER_BATCH = 100;

/** Runs the phases of one round after the other. */
export class Phases {
  readonly #storage: Ground['storage'];
  readonly #env: Env;
  #round = 0;
  #bodies: string[] = [];
  #messages: string[] = [];
  #events: string[] = [];
  #chunks: Chunk[] = [];
  #nowMs = START_MS;
  #delivery: Delivery;

  constructor(storage: Ground['storage']) {
    this.#storage = storage;
    this.#env = benchEnv({
      db: emptyD1(),
      send: async (message) => void this.#messages.push(JSON.stringify(message)),
      store: (account, chunks) => {
        this.#chunks.push(...chunks);
        return this.#delivery.store(account, chunks);
      },
    });
    this.#delivery = this.#open();
  }

  async run(phase: Phase, requests: number): Promise<Sizes> {
    await this[phase](requests);
    const bytes = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);
    return {
      bodies: bytes(this.#bodies),
      messages: bytes(this.#messages),
      items: bytes(this.#chunks.map(({ items }) => items)),
    };
  }

  prepare(requests: number): void {
    const first = this.#round * requests;
    this.#round += 1;
    this.#bodies = Array.from({ length: requests }, (_, n) => shopRequest(first + n, EVENTS_PER_REQUEST, this.#nowMs));
    this.#messages = [];
    this.#events = [];
    this.#chunks = [];
  }

  async ingest(): Promise<void> {
    const settings = requireSettings(this.#env);
    for (const body of this.#bodies) {
      const request = toRequest(body);
      const result = await ingest(request, undefined, { env: this.#env, settings, nowMs: this.#nowMs });
      if (!result.ok || result.accepted !== EVENTS_PER_REQUEST) throw new Error(JSON.stringify(result));
    }
  }

  async collect(): Promise<void> {
    for (let at = 0; at < this.#messages.length; at += MESSAGES_PER_BATCH)
      await collect(queueBatch(this.#messages.slice(at, at + MESSAGES_PER_BATCH), this.#nowMs), this.#env);
  }

  parseBodies(): void {
    for (const text of this.#bodies) JSON.stringify(JSON.parse(text));
  }

  writeEvents(): void {
    this.#events = this.#messages.map((text) => JSON.stringify(unfoldMessage(JSON.parse(text))));
  }

  parseEvents(): void {
    for (const text of this.#events) JSON.stringify(JSON.parse(text));
  }

  parseItems(): void {
    for (const { items } of this.#chunks) for (const line of items.split('\n')) JSON.stringify(JSON.parse(line));
  }

  async deliver(): Promise<void> {
    for (let next = this.#delivery.nextWork(); next !== undefined; next = await this.#delivery.work())
      this.#nowMs = Math.max(this.#nowMs + 1, next);
    const { waiting, counts } = this.#delivery.figures();
    const isLost = counts.some(({ outcome, n }) => n > 0 && outcome !== 'accepted' && outcome !== 'delivered');
    if (isLost || Object.keys(waiting).length > 0) throw new Error(JSON.stringify({ waiting, counts }));
  }

  #open(): Delivery {
    return new Delivery({
      storage: this.#storage,
      db: emptyD1(),
      settings: () => requireSettings(this.#env),
      now: () => this.#nowMs,
      random: () => 0.5,
      fetch: async () => new Response('', { status: 202 }),
      // Calls are answered at once, so nobody's patience ends.
      timer: () => ({ done: new Promise(() => {}), cancel: () => {} }),
    });
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createEmulator, type Emulator } from '@sluice/klaviyo-emulator';

/** How far a call has come: on its way to Klaviyo, taken but not answered, answered. */
export type Moment = 'sent' | 'taken' | 'answered';

interface Watch {
  moment: Moment;
  /** Not before so many events have arrived. */
  arrived: number;
  act(): unknown;
}

/** From us to Klaviyo: long enough that all connections are in use. */
const LATENCY_MS = 100;

/** The emulator over HTTP. Whoever calls it can be killed at any moment of a call. */
export class KlaviyoServer {
  readonly emulator: Emulator;
  /** Ids of the events that it took, however often. */
  readonly arrived = new Set<string>();
  calls = 0;
  readonly #server: Server;
  readonly #open = Promise.withResolvers<void>();
  #watch: Watch | undefined;

  /** `limitScale`: Klaviyo's own limits times so much. */
  constructor({ seed, limitScale }: { seed: number; limitScale: number }) {
    this.emulator = createEmulator({
      seed: String(seed),
      visibilityDelayMs: 0,
      limits: { scale: limitScale },
      assume: { rateLimitHeaders: 'windows' },
      requestLog: { maxEntries: 10_000, maxBodyBytes: 0 },
    });
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  /** Begins to listen; calls wait until it opens. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // A server of TCP has an address of this form.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  open(): void {
    this.#open.resolve();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Acts once, in the middle of a call. One that has only been sent then gets lost. */
  watch(watch: Watch): void {
    this.#watch = watch;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Cut off before all of it was here.
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    this.calls += 1;
    await this.#open.promise;
    if (this.#passes('sent')) return void request.destroy();
    await pause(LATENCY_MS);
    const { authorization = '', revision = '' } = request.headers;
    const headers = { authorization, revision: String(revision), 'content-type': 'application/json' };
    const { url = '', method = 'GET' } = request;
    const answer = await this.emulator.fetch(new Request(`https://a.klaviyo.com${url}`, { method, headers, body }));
    if (answer.ok) for (const [, id = ''] of body.matchAll(/"unique_id":"(e\d+)"/g)) this.arrived.add(id);
    this.#passes('taken');
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text(), () => this.#passes('answered'));
  }

  #passes(moment: Moment): boolean {
    const watch = this.#watch;
    if (watch?.moment !== moment || this.arrived.size < watch.arrived) return false;
    this.#watch = undefined;
    watch.act();
    return true;
  }
}

import type { JsonObject } from '@sluice/shared';
import { createApp } from '../../src/app.ts';
import { readEdgeFacts } from '../../src/enrich/readEdgeFacts.ts';
import type { WholeMessage } from '../../src/ingest/acceptedEvent.ts';
import { enqueue } from '../../src/ingest/enqueue.ts';
import { parseBatch } from '../../src/ingest/parseBatch.ts';
import { readBody } from '../../src/ingest/readBody.ts';
import { takeIn } from '../../src/ingest/takeIn.ts';
import { mapMessage } from '../../src/map/mapMessage.ts';
import { ingest } from '../../src/pipeline.ts';
import { requireSettings } from '../../src/settings.ts';
import { START_MS } from '../model/support/startMs.ts';
import { benchEnv } from './benchEnv.ts';
import type { IngestPhase } from './phase.ts';
import { shopRequest } from './shopRequests.ts';
import { emptyD1 } from './sqlD1.ts';
import { toRequest } from './toRequest.ts';

/** Ingest as a whole and step by step, each step on what the one before it left. */
export class IngestPhases {
  readonly #env = benchEnv({
    db: emptyD1(),
    // As the runtime does, and then it is the queue's.
    send: async (message) => {
      this.#sentLength += JSON.stringify(message).length;
    },
    store: () => ({ ok: true }),
  });
  readonly #app = createApp({});
  #round = 0;
  #bodies: string[] = [];
  /** Each can be read once: by `ingest`, `read`, `json`, `app` and `gzip`. */
  #requests: Request[] = [];
  #again: Request[] = [];
  #plain: Request[] = [];
  #routed: Request[] = [];
  #folded: Request[] = [];
  #parsed: JsonObject[] = [];
  #taken: WholeMessage[] = [];
  #sentLength = 0;

  /** Runs a phase; the answer is the bytes of the bodies. */
  async run(phase: IngestPhase, requests: number, eventsPerRequest: number): Promise<number> {
    if (phase === 'prepare') this.#prepare(requests, eventsPerRequest);
    else await this.#steps[phase]();
    return this.#bodies.reduce((sum, body) => sum + body.length, 0);
  }

  #prepare(requests: number, eventsPerRequest: number): void {
    const first = this.#round * requests;
    this.#round += 1;
    this.#bodies = Array.from({ length: requests }, (_, n) => shopRequest(first + n, eventsPerRequest, START_MS));
    this.#requests = this.#bodies.map(toRequest);
    this.#again = this.#bodies.map(toRequest);
  }

  async #ingest(requests: readonly Request[]): Promise<void> {
    const settings = requireSettings(this.#env);
    for (const request of requests) {
      const result = await ingest(request, undefined, { env: this.#env, settings, nowMs: START_MS });
      if (!result.ok || result.rejected.length > 0) throw new Error(JSON.stringify(result));
    }
  }

  readonly #steps: Record<Exclude<IngestPhase, 'prepare'>, () => void | Promise<void>> = {
    // Apart, so that its garbage is not counted with what is compared.
    prepareMore: async () => {
      this.#plain = this.#bodies.map(toRequest);
      this.#routed = this.#bodies.map(toRequest);
      this.#folded = await Promise.all(this.#bodies.map(async (body) => toRequest(await gzip(body))));
    },
    parse: () => {
      for (const text of this.#bodies) JSON.stringify(JSON.parse(text));
    },
    json: async () => {
      for (const request of this.#plain) JSON.stringify(await request.json());
    },
    ingest: () => this.#ingest(this.#requests),
    gzip: () => this.#ingest(this.#folded),
    app: async () => {
      for (const request of this.#routed) {
        const { status } = await this.#app.fetch(request, this.#env);
        if (status !== 202) throw new Error(`${status}`);
      }
    },
    read: async () => {
      this.#parsed = [];
      for (const request of this.#again) {
        const read = await readBody(request);
        if (!read.ok) throw new Error(JSON.stringify(read));
        this.#parsed.push(read.body);
      }
    },
    door: async () => {
      this.#taken = [];
      const { config, publicSources } = requireSettings(this.#env);
      const [source] = publicSources.values();
      if (!source) throw new Error('the bench has a source');
      for (const [n, body] of this.#parsed.entries()) {
        const batch = parseBatch(body, undefined);
        if (!batch.ok) throw new Error(JSON.stringify(batch));
        const edge = readEdgeFacts(this.#again[n] as Request, source);
        const { events } = await takeIn(batch, { source, config, edge, hooks: {}, receivedAtMs: START_MS });
        const about = { account: 'main', source: source.id, trusted: false, receivedAtMs: START_MS };
        this.#taken.push({ v: 1, kind: 'events', ...about, events });
      }
    },
    write: async () => {
      for (const message of this.#taken) await enqueue([this.#env.INGEST], message, 0);
    },
    map: () => {
      const { config } = requireSettings(this.#env);
      for (const message of this.#taken) mapMessage(message, config);
    },
  };
}

async function gzip(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

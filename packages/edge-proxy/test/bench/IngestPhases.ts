import type { JsonObject } from '@sluice/shared';
import { createApp } from '../../src/app.ts';
import type { EdgeFacts } from '../../src/enrich/edgeFacts.ts';
import { enrich } from '../../src/enrich/enrich.ts';
import { readEdgeFacts } from '../../src/enrich/readEdgeFacts.ts';
import type { IngestMessage, WholeMessage } from '../../src/ingest/acceptedEvent.ts';
import { enqueue } from '../../src/ingest/enqueue.ts';
import { parseBatch } from '../../src/ingest/parseBatch.ts';
import { readBody } from '../../src/ingest/readBody.ts';
import { takeIn } from '../../src/ingest/takeIn.ts';
import { unfoldMessage } from '../../src/ingest/unfoldMessage.ts';
import { mapMessage } from '../../src/map/mapMessage.ts';
import { ingest } from '../../src/pipeline.ts';
import { requireSettings } from '../../src/settings.ts';
import { START_MS } from '../model/support/startMs.ts';
import { benchEnv } from './benchEnv.ts';
import { ENRICHERS, type Enricher, type IngestPhase } from './phase.ts';
import { segmentRequest, shopRequest } from './shopRequests.ts';
import { emptyD1 } from './sqlD1.ts';
import { toRequest } from './toRequest.ts';

/** Ingest as a whole and step by step, each step on what the one before it left. */
export class IngestPhases {
  readonly #env = benchEnv({
    db: emptyD1(),
    // As the runtime does, and then it is the queue's.
    send: async (message) => {
      this.#sent.push(JSON.stringify(message));
    },
    store: () => ({ ok: true }),
  });
  readonly #app = createApp({});
  #round = 0;
  #first = 0;
  #eventsPerRequest = 0;
  #bodies: string[] = [];
  #segmentBodies: string[] = [];
  /** Each can be read once: by `ingest`, `read`, `json`, `bytes`, `app`, `gzip` and `segment`. */
  #requests: Request[] = [];
  #again: Request[] = [];
  #plain: Request[] = [];
  #looked: Request[] = [];
  #routed: Request[] = [];
  #zipped: Request[] = [];
  #segment: Request[] = [];
  #parsed: JsonObject[] = [];
  #edges: EdgeFacts[] = [];
  #taken: WholeMessage[] = [];
  #sent: string[] = [];
  #queued: IngestMessage[] = [];

  /** Runs a phase; the answer is the bytes of the bodies. */
  async run(phase: IngestPhase, requests: number, eventsPerRequest: number): Promise<number> {
    if (phase === 'prepare') this.#prepare(requests, eventsPerRequest);
    else await this.#steps[phase]();
    return this.#bodies.reduce((sum, body) => sum + body.length, 0);
  }

  #prepare(requests: number, eventsPerRequest: number): void {
    this.#first = this.#round * requests;
    this.#eventsPerRequest = eventsPerRequest;
    this.#round += 1;
    // Nothing of the last round is to be looked after while this one is measured.
    [this.#parsed, this.#edges, this.#taken, this.#sent, this.#queued] = [[], [], [], [], []];
    this.#bodies = Array.from({ length: requests }, (_, n) => shopRequest(this.#first + n, eventsPerRequest, START_MS));
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
      this.#queued = this.#sent.map((text) => JSON.parse(text));
      this.#plain = this.#bodies.map(toRequest);
      this.#routed = this.#bodies.map(toRequest);
      this.#looked = this.#bodies.map(toRequest);
      this.#zipped = await Promise.all(this.#bodies.map(async (body) => toRequest(await gzip(body))));
      this.#segmentBodies = this.#bodies.map((_, n) =>
        segmentRequest(this.#first + n, this.#eventsPerRequest, START_MS),
      );
      this.#segment = this.#segmentBodies.map(toRequest);
      this.#sent = [];
    },
    parse: () => parseAll(this.#bodies),
    parseSegment: () => parseAll(this.#segmentBodies),
    json: async () => {
      for (const request of this.#plain) JSON.stringify(await request.json());
    },
    bytes: async () => {
      for (const request of this.#looked) JSON.stringify(JSON.parse(decoder.decode(await request.arrayBuffer())));
    },
    ingest: () => this.#ingest(this.#requests),
    gzip: () => this.#ingest(this.#zipped),
    segment: () => this.#ingest(this.#segment),
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
      this.#edges = [];
      const { config, publicSources } = requireSettings(this.#env);
      const [source] = publicSources.values();
      if (!source) throw new Error('the bench has a source');
      for (const [n, body] of this.#parsed.entries()) {
        const batch = parseBatch(body, undefined);
        if (!batch.ok) throw new Error(JSON.stringify(batch));
        const edge = readEdgeFacts(this.#again[n] as Request, source);
        const { events } = await takeIn(batch, { source, config, edge, hooks: {}, receivedAtMs: START_MS });
        const about = { account: 'main', source: source.id, trusted: false, receivedAtMs: START_MS };
        this.#edges.push(edge);
        this.#taken.push({ v: 1, kind: 'events', ...about, events });
      }
    },
    write: async () => {
      this.#sent = [];
      for (const message of this.#taken) await enqueue([this.#env.INGEST], message, 0);
    },
    unfold: () => {
      this.#taken = this.#queued.map(unfoldMessage);
    },
    map: () => {
      const { config } = requireSettings(this.#env);
      for (const message of this.#taken) mapMessage(message, config);
    },
    location: () => this.#enrich('location'),
    device: () => this.#enrich('device'),
    bots: () => this.#enrich('bots'),
    campaign: () => this.#enrich('campaign'),
    referrer: () => this.#enrich('referrer'),
    session: () => this.#enrich('session'),
  };

  /** One enricher alone, for every event anew. */
  #enrich(only: Enricher): void {
    const { enrich: switches } = requireSettings(this.#env).config;
    const off = Object.fromEntries(ENRICHERS.map((name) => [name, name === 'bots' ? 'off' : false]));
    const alone = { ...switches, ...off, [only]: switches[only] };
    for (const [n, message] of this.#taken.entries())
      for (const event of message.kind === 'events' ? message.events : [])
        enrich(event.message, this.#edges[n] as EdgeFacts, alone);
  }
}

const decoder = new TextDecoder();

function parseAll(texts: readonly string[]): void {
  for (const text of texts) JSON.stringify(JSON.parse(text));
}

async function gzip(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

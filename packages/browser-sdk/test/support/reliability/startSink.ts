import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { Sdk } from './sdk.ts';

const LATENCY_MS = 80;
/** Names of the events, found in whatever form an SDK writes them. */
const EVENT = /evt_(\d+)_/g;

const CORS = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-expose-headers': 'retry-after',
  'content-type': 'application/json',
};

export type Mode = 'ok' | 'lost' | 500 | 429;

/** A real proxy: what the collector takes goes on to it, as from a page of that origin. */
export interface Relay {
  url: string;
  origin: string;
}

/**
 * A collector that takes everything after 80 ms, or fails as told, and a shop whose pages load the SDK. With a relay the
 * answer is the proxy's.
 */
export async function startSink(sdk: Sdk, relay?: Relay) {
  /** How often each event came. */
  const counts = new Map<number, number>();
  /** Under which message ids. */
  const ids = new Map<number, Set<string>>();
  let requests = 0;
  let bytes = 0;
  let mode: Mode = 'ok';

  const collector = createServer(async (request, response) => {
    const { method, headers, url = '' } = request;
    const cors = {
      ...CORS,
      'access-control-allow-origin': headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      // Whatever a peer sends: ours sends none that is asked about.
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    };
    if (method === 'OPTIONS') return response.writeHead(204, cors).end();
    const body = await readAll(request);
    if (method === 'GET') return response.writeHead(200, cors).end(JSON.stringify(sdk.settings?.(url) ?? {}));
    const now = mode;
    requests++;
    bytes += body.length;
    if (typeof now !== 'number') {
      // Once a request: some write a name twice into one event.
      const text = decode(body);
      for (const n of readNames(text)) counts.set(n, (counts.get(n) ?? 0) + 1);
      for (const message of sdk.readMessages?.(text) ?? [])
        for (const n of readNames(JSON.stringify(message)))
          ids.set(n, (ids.get(n) ?? new Set()).add(message.messageId));
    }
    await sleep(LATENCY_MS);
    const relayed = relay && typeof now !== 'number' ? await pass(relay, request, body) : undefined;
    if (now === 'lost') {
      mode = 'ok';
      return request.socket.destroy();
    }
    const status = relayed?.status ?? (now === 'ok' ? 202 : now);
    const retryAfter = relayed ? relayed.retryAfter : now === 429 && '1';
    response.writeHead(status, { ...cors, ...(retryAfter && { 'retry-after': retryAfter }) });
    response.end(relayed?.text ?? JSON.stringify({ accepted: 1, rejected: [], success: true, status: 1 }));
  });
  const endpoint = await listen(collector);

  const shop = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/sdk.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(sdk.script);
    const start = `const endpoint = '${endpoint}'; self.fire = (name) => { ${sdk.track} }; ${sdk.start};`;
    const tags = path === '/elsewhere' ? '' : `<script src="/sdk.js"></script><script>${start}</script>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Shop</title>${tags}`);
  });
  const origin = await listen(shop);

  return {
    origin,
    endpoint,
    fail: (next: Mode) => {
      mode = next;
    },
    /** What has arrived of so many events, and how many times too often. */
    read: (events: number) => {
      const times = Array.from({ length: events }, (_, n) => counts.get(n) ?? 0);
      return {
        delivered: times.filter(Boolean).length,
        duplicates: times.reduce((sum, n) => sum + Math.max(0, n - 1), 0),
        /** Events that came again under another id, so that nothing behind us can tell. */
        renamed: times.filter((_, n) => (ids.get(n)?.size ?? 0) > 1).length,
        requests,
        bytes,
      };
    },
    async stop() {
      for (const server of [collector, shop]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export type Sink = Awaited<ReturnType<typeof startSink>>;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** No answer of the proxy is the gateway's 502, as at an edge. */
async function pass(relay: Relay, { url, headers }: IncomingMessage, body: Buffer) {
  const init = {
    method: 'POST',
    headers: { origin: relay.origin, 'user-agent': headers['user-agent'] ?? '' },
    body: new Uint8Array(body),
  };
  try {
    const response = await fetch(`${relay.url}${url}`, init);
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, text: await response.text() };
  } catch {
    return { status: 502, retryAfter: null, text: '' };
  }
}

/** Numbers of the events that a text names. */
const readNames = (text: string) => new Set([...text.matchAll(EVENT)].map(([, n]) => Number(n)));

/** The text of a body: plain, gzip, zlib, or base64 in a form field. */
function decode(body: Buffer): string {
  if (body[0] === 0x1f && body[1] === 0x8b) return `${gunzipSync(body)}`;
  if (body[0] === 0x78) return `${inflateSync(body)}`;
  const text = `${body}`;
  const [, field] = /(?:^|&)data=([^&]+)/.exec(text) ?? [];
  return field ? `${Buffer.from(decodeURIComponent(field), 'base64')}` : text;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

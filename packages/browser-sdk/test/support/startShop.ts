import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { SluiceOptions } from '../../src/index.ts';

/** One request the proxy got, its body parsed. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests read freely what was sent
  body: any;
  bytes: number;
  /** As they travelled, perhaps compressed. */
  wireBytes: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The answer waits for this. */
  after?: Promise<unknown>;
  /** The connection breaks instead of an answer. */
  breaks?: boolean;
}

const HEADERS = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'retry-after, x-request-id',
  'content-type': 'application/json',
};

function listen(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

/**
 * A proxy on one origin and a shop's pages on another, as in production, so that a preflight would show. The proxy
 * accepts everything unless `replies` says otherwise.
 */
export async function startShop(bundles: Record<string, string>) {
  const received: Received[] = [];
  const pages: Record<string, { html: string; csp?: string }> = {};
  const replies: Reply[] = [];
  const watchers = new Set<() => void>();

  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const text = `${sent[0] === 0x1f ? gunzipSync(sent) : sent}`;
    const { method = '', url = '', headers } = request;
    const body = text ? JSON.parse(text) : undefined;
    const reply = replies.shift() ?? {};
    received.push({ method, path: url, headers, body, bytes: Buffer.byteLength(text), wireBytes: sent.length });
    for (const look of watchers) look();
    await reply.after;
    if (reply.breaks) {
      request.socket.destroy();
      return;
    }
    const accepted = url !== '/v1/batch' ? { status: 'accepted' } : { accepted: body?.batch?.length, rejected: [] };
    response.writeHead(reply.status ?? 202, {
      'access-control-allow-origin': headers.origin ?? '*',
      ...HEADERS,
      ...reply.headers,
    });
    response.end(JSON.stringify(reply.body ?? accepted));
  });
  const endpoint = await listen(proxy);

  const shop = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    const script = bundles[path.slice(1)];
    if (script) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    const own = pages[path];
    if (own) {
      const headers = { 'content-type': 'text/html', ...(own.csp && { 'content-security-policy': own.csp }) };
      return response.writeHead(200, headers).end(`<!doctype html><title>Own</title>${own.html}`);
    }
    const options = new URL(request.url ?? '/', 'http://shop').searchParams.get('options') ?? '{}';
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Shop</title>
<script src="/sluice.min.js"></script>
<script>
  window.dropped = [];
  window.delivered = [];
  window.start = (options) => {
    const shop = sluice.createSluice({ writeKey: 'wk_test', endpoint: '${endpoint}', ...options });
    shop.on('dropped', (it) => dropped.push(it));
    shop.on('delivered', (it) => delivered.push(it));
    return shop;
  };
  window.shop = start(${options});
</script>`);
  });
  const origin = await listen(shop);

  return {
    origin,
    endpoint,
    received,
    replies,
    /** Pages of the shop's own, by path, instead of the one that starts the SDK. */
    pages,
    /** Address of a shop page whose SDK starts with these options. */
    page: (options: Partial<SluiceOptions> = {}, path = '/') =>
      `${origin}${path}?options=${encodeURIComponent(JSON.stringify(options))}`,
    /** All messages received so far, in order. */
    messages: () => received.flatMap(({ body }) => body?.batch ?? []),
    /** Waits until the proxy got this many requests. */
    until(requests: number): Promise<Received[]> {
      return new Promise((resolve) => {
        const look = () => {
          if (received.length < requests) return;
          watchers.delete(look);
          resolve(received);
        };
        watchers.add(look);
        look();
      });
    },
    async stop() {
      for (const server of [proxy, shop]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export type Shop = Awaited<ReturnType<typeof startShop>>;

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** What becomes of the nth request, counted from 0. `lost`: it is taken, and its answer never arrives. */
export type Fault = 'ok' | 500 | 429 | 'reset' | 'lost';

/** Something that all of the SDKs take for success. */
const ANSWER = JSON.stringify({ accepted: 1, rejected: [], success: true, status: 1 });

export interface Sink {
  url: string;
  port: number;
  /** Events that arrived, repetitions included, and when the last one did. */
  arrived: { count: number; lastMs: number };
  /** How many different events arrived, and how many of them under more than one id. */
  summarise(): { events: number; withSeveralIds: number };
  close(): Promise<void>;
}

/** A server on the loopback interface that takes in what any of the SDKs sends. */
export async function startSink(faultOf: (request: number) => Fault = () => 'ok', port = 0): Promise<Sink> {
  const bodies: Buffer[] = [];
  const arrived = { count: 0, lastMs: 0 };
  let requests = 0;

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const fault = faultOf(requests++);
    const body = await buffer(incoming);
    if (fault === 'reset') return incoming.socket.destroy();
    if (fault === 500 || fault === 429)
      return outgoing.writeHead(fault, fault === 429 ? { 'retry-after': '1' } : {}).end('{}');
    const plain = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
    bodies.push(plain);
    arrived.count += countEvents(plain);
    arrived.lastMs = Date.now();
    if (fault === 'lost') return incoming.socket.destroy();
    return outgoing.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing).catch(() => outgoing.destroy()));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    arrived,
    summarise() {
      const ids = new Map<number, Set<string>>();
      for (const { n, id } of bodies.flatMap(readEvents)) ids.set(n, (ids.get(n) ?? new Set()).add(id));
      return { events: ids.size, withSeveralIds: [...ids.values()].filter(({ size }) => size > 1).length };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** By a name that each event has once; parsing would cost more than what is measured. */
function countEvents(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf('order_id'); at >= 0; at = body.indexOf('order_id', at + 1)) count++;
  return count;
}

interface Wire {
  batch?: { messageId?: string; uuid?: string; properties: { n: number } }[];
  data?: { eid: string; ue_pr: string }[];
}

/** Segment's form (ours too), PostHog's, Snowplow's. */
function readEvents(body: Buffer): { n: number; id: string }[] {
  const { batch = [], data = [] } = JSON.parse(body.toString()) as Wire;
  return [
    ...batch.map(({ messageId, uuid, properties }) => ({ n: properties.n, id: messageId ?? uuid ?? '' })),
    ...data.map(({ eid, ue_pr }) => ({ n: JSON.parse(ue_pr).data.data.n, id: eid })),
  ];
}

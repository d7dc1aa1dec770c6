import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface Sent {
  messageId: string;
  event?: string;
  properties?: Record<string, unknown>;
  context?: Record<string, unknown>;
}

export interface Endpoint {
  url: string;
  port: number;
  /** Every message that was taken, repetitions included. */
  taken: Sent[];
  signUps: Record<string, unknown>[];
  close(): Promise<void>;
}

/** Answers as the proxy does. `ids` it refuses. */
export async function startEndpoint({
  port = 0,
  refuse = () => false,
}: {
  port?: number;
  refuse?: (sent: Sent) => boolean;
} = {}): Promise<Endpoint> {
  const taken: Sent[] = [];
  const signUps: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const raw = await buffer(request);
    const body = JSON.parse((raw[0] === 0x1f ? gunzipSync(raw) : raw).toString());
    response.writeHead(202, { 'content-type': 'application/json' });
    if (request.url === '/v1/subscribe') {
      signUps.push(body);
      response.end(JSON.stringify({ status: 'accepted', requestId: 'r' }));
      return;
    }
    const batch: Sent[] = body.batch;
    taken.push(...batch.filter((sent) => !refuse(sent)));
    const rejected = batch.flatMap((sent, index) =>
      refuse(sent) ? [{ index, id: sent.messageId, code: 'consent_denied' }] : [],
    );
    response.end(JSON.stringify({ accepted: batch.length - rejected.length, rejected, requestId: 'r' }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    taken,
    signUps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

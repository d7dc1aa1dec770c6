import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly status: number;
  readonly answerHeaders: IncomingHttpHeaders;
  readonly answer: string;
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A proxy in front of a server that passes everything on unchanged and notes it. */
export async function recordExchanges(behind: string, note: (exchange: Exchange) => void) {
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url: target = '', headers } = incoming;
    const body = await readAll(incoming);
    // The host stays the caller's, so that links in answers lead through here again.
    const onward = request(behind, { method, path: target, headers });
    onward.on('response', async (reply) => {
      const answer = await readAll(reply);
      const status = reply.statusCode ?? 0;
      note({ method, target, headers, body: `${body}`, status, answerHeaders: reply.headers, answer: `${answer}` });
      outgoing.writeHead(status, reply.rawHeaders);
      outgoing.end(answer);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is never a string, which is for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

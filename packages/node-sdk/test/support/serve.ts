import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Broken, type Sink } from './createSink.ts';

export interface Served {
  url: string;
  connections(): number;
  close(): Promise<void>;
}

/** Serves a sink on the loopback interface. What is broken there breaks the connection here. */
export async function serve(sink: Sink, port = 0): Promise<Served> {
  let connections = 0;
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await buffer(incoming);
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const request = new Request(`http://sink${incoming.url}`, { method: 'POST', headers, body });
      const response = await sink.handle(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    } catch (error) {
      if (error instanceof Broken && error.answer) {
        outgoing.writeHead(error.answer.status, { 'content-length': '100' }).write('{"acc');
        setImmediate(() => incoming.socket.destroy());
      } else incoming.socket.destroy();
    }
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

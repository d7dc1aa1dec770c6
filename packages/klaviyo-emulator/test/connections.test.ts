import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { serveEmulator } from '../src/node.ts';
import { PATHS } from './support/bodies.ts';
import { HEADERS } from './support/createTestEmulator.ts';

interface Sent {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const LARGE = 'x'.repeat(4_000_000);
const TOO_LARGE = 'x'.repeat(8_000_000);
const GOOD: Sent = { method: 'GET', path: PATHS.lists };

// Each is refused, some before anybody has read the body.
const REFUSED: [Sent, number][] = [
  [{ method: 'POST', path: '/api/nothing', body: LARGE }, 404],
  [{ method: 'PATCH', path: PATHS.event, body: LARGE }, 405],
  [{ method: 'POST', path: PATHS.event, body: LARGE, headers: { 'content-type': 'text/plain' } }, 415],
  [{ method: 'POST', path: PATHS.event, body: LARGE, headers: { authorization: 'none' } }, 401],
  [{ method: 'POST', path: PATHS.event, body: TOO_LARGE }, 413],
  [{ method: 'POST', path: PATHS.event, body: gzipSync(TOO_LARGE), headers: { 'content-encoding': 'gzip' } }, 413],
  [{ method: 'DELETE', path: `${PATHS.lists}/NOSUCH`, body: 'unasked' }, 404],
  [{ method: 'GET', path: `${PATHS.lists}/NOSUCH`, body: 'unasked' }, 404],
];

test('a client that keeps its connections is served after every request that was refused', async () => {
  const served = await serveEmulator({ limits: { enabled: false } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = ({ method, path, headers, body }: Sent) =>
    new Promise<number | string>((resolve) => {
      // Node frames a body of GET and DELETE only when it is told the length.
      const length = { 'content-length': Buffer.byteLength(body ?? '') };
      const call = request(`${served.url}${path}`, { method, headers: { ...HEADERS, ...length, ...headers }, agent });
      call.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)));
      call.on('error', (error) => resolve(error.message));
      call.end(body);
    });
  const statuses: (number | string)[] = [];
  for (const [refused] of REFUSED) statuses.push(await send(refused), await send(GOOD));
  agent.destroy();
  await served.close();
  expect(statuses).toEqual(REFUSED.flatMap(([, status]) => [status, 200]));
});

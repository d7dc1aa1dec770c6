import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '@sluice/klaviyo-emulator';

/**
 * The emulator as a process of its own, in the caller's time: `x-now-ms` says what time it is. Instead of keeping a
 * million events it counts how often each was taken: the nth has the unique_id `e<n>`.
 */
const emulator = createEmulator({
  visibilityDelayMs: 0,
  clock: { startMs: Date.now() },
  requestLog: { maxEntries: 1, maxBodyBytes: 0 },
  keep: { events: 2000, profiles: 2000 },
});
const taken = new Map<string, number>();
const statuses: Record<number, number> = {};

const server = createServer(async (request, response) => {
  if (request.url === '/counts') return response.end(JSON.stringify(count()));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { 'x-now-ms': nowMs, authorization = '', revision = '' } = request.headers;
  emulator.clock.set(Number(nowMs));
  const headers = { authorization, revision: String(revision), 'content-type': 'application/json' };
  const answer = await emulator.fetch(
    new Request(`https://a.klaviyo.com${request.url}`, { method: request.method ?? 'POST', headers, body }),
  );
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  if (answer.status === 202) for (const [id] of body.toString().matchAll(/"unique_id":"e\d+"/g)) note(id);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
});

const note = (id: string) => taken.set(id, (taken.get(id) ?? 0) + 1);

function count() {
  return { taken: taken.size, twice: [...taken.values()].filter((times) => times > 1).length, statuses };
}

// A server of TCP has an address of this form.
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());

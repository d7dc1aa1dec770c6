import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../src/node.ts';
import { eventBody, PATHS } from './support/bodies.ts';
import { HEADERS } from './support/createTestEmulator.ts';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const AN_HOUR_MS = 3_600_000;

let served: ServedEmulator;

beforeEach(async () => {
  served = await serveEmulator({ visibilityDelayMs: 0 });
});

afterEach(async () => {
  await served.close().catch(() => undefined);
});

const readLists = (init: RequestInit = {}) => fetch(`${served.url}${PATHS.lists}`, { headers: HEADERS, ...init });
const sendEvent = (init: RequestInit = {}) =>
  fetch(`${served.url}${PATHS.event}`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(eventBody()),
    ...init,
  });
const nameOf = (error: Error) => error.name;

/** What node:http saw of an answer, to its end or its break. */
async function readRaw(): Promise<{
  announced: number;
  arrived: string;
  complete: boolean;
  error: string | undefined;
}> {
  const request = get(`${served.url}${PATHS.lists}`, { headers: HEADERS, agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (!response) throw new Error('no response');
  let arrived = '';
  response.on('data', (part) => {
    arrived += part;
  });
  const error = await once(response, 'end').then(
    () => undefined,
    ({ code }) => code,
  );
  return { announced: Number(response.headers['content-length']), arrived, complete: response.complete, error };
}

test('truncate lets fetch see the status and then a broken body', async () => {
  served.emulator.faults.replace([{ truncate: true }]);
  const response = await readLists();
  const body = await response.text().catch(nameOf);
  const next = await readLists();
  expect([response.status, body, next.status, (await next.json()).data.length]).toEqual([200, 'TypeError', 200, 1]);
});

test('truncate lets node:http see half of the announced bytes and then a reset', async () => {
  const whole = await readRaw();
  served.emulator.faults.replace([{ truncate: true }]);
  const half = await readRaw();
  expect([whole.complete, half]).toEqual([
    true,
    {
      announced: whole.arrived.length,
      arrived: whole.arrived.slice(0, Math.floor(whole.arrived.length / 2)),
      complete: false,
      error: 'ECONNRESET',
    },
  ]);
});

test('truncate of an answer without a body breaks the connection, and the event is in', async () => {
  served.emulator.faults.replace([{ truncate: true }]);
  const outcome = await sendEvent().catch(nameOf);
  expect([outcome, served.emulator.state().events.length]).toEqual(['TypeError', 1]);
});

test('hang keeps a client waiting, and close() does not wait for it', async () => {
  served.emulator.faults.replace([{ hang: true }]);
  const sent = sendEvent().catch(nameOf);
  await vi.waitFor(() => expect(served.emulator.requests().length).toBe(1));
  await served.close();
  expect(await sent).toBe('TypeError');
});

test('hang ends for the client when the faults are replaced', async () => {
  served.emulator.faults.replace([{ hang: true }]);
  const sent = sendEvent().catch(nameOf);
  await vi.waitFor(() => expect(served.emulator.requests().length).toBe(1));
  await fetch(`${served.url}/__emulator/faults`, { method: 'POST', body: '[]' });
  expect([await sent, (await sendEvent()).status]).toEqual(['TypeError', 202]);
});

test('a client that gives up on a slow answer has its event in all the same', async () => {
  served.emulator.faults.replace([{ delayMs: AN_HOUR_MS }]);
  const outcome = await sendEvent({ signal: AbortSignal.timeout(100) }).catch(nameOf);
  await vi.waitFor(() => expect(served.emulator.state().events.length).toBe(1));
  expect(outcome).toBe('TimeoutError');
});

test.each([{ hang: true }, { delayMs: AN_HOUR_MS }])('%j does not keep the command from stopping', async (fault) => {
  const child = spawn(process.execPath, [`${SOURCE}/cli.ts`, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const url = /http:\S+/.exec(String(line))?.[0];
  await fetch(`${url}/__emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
  const sent = fetch(`${url}${PATHS.lists}`, { headers: HEADERS }).catch(nameOf);
  // The fault is used up once the request is there.
  await vi.waitFor(async () => expect(await (await fetch(`${url}/__emulator/faults`)).json()).toEqual([]));
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect([code, await sent]).toEqual([0, 'TypeError']);
});

test('hang does not keep a process with an emulator in it alive', async () => {
  const script = `
    import { createEmulator } from ${JSON.stringify(`${SOURCE}/index.ts`)};
    const emulator = createEmulator();
    emulator.faults.replace([{ hang: true }]);
    emulator.fetch(new Request('https://a.klaviyo.com/api/lists'));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../src/node.ts';
import { eventBody } from './support/bodies.ts';
import { HEADERS } from './support/createTestEmulator.ts';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

let folder: string;
let served: ServedEmulator[];
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klaviyo-emulator-'));
  served = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(served.map((each) => each.close()));
  rmSync(folder, { recursive: true });
});

async function serve(options: Parameters<typeof serveEmulator>[0] = {}): Promise<ServedEmulator> {
  const one = await serveEmulator({ visibilityDelayMs: 0, ...options });
  served.push(one);
  return one;
}

const sendEvent = (url: string, unique_id: string) =>
  fetch(`${url}/api/events`, { method: 'POST', headers: HEADERS, body: JSON.stringify(eventBody({ unique_id })) });

async function eventsAt(url: string): Promise<string[]> {
  const state = await (await fetch(`${url}/__emulator/state`)).json();
  return state.events.map((event: { unique_id: string }) => event.unique_id);
}

/** Starts the command and waits for its first line. */
async function run(...args: string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    child.stderr?.once('data', (chunk) => resolve(String(chunk)));
  });
  return { child, line };
}

test('answers over HTTP on the loopback address', async () => {
  const { url } = await serve();
  const { status } = await sendEvent(url, 'o1');
  expect([status, await eventsAt(url), new URL(url).hostname]).toEqual([202, ['o1'], '127.0.0.1']);
});

test('links and cursors lead back to the address that was asked', async () => {
  const { url } = await serve();
  await sendEvent(url, 'o1');
  await sendEvent(url, 'o2');
  const first = await (await fetch(`${url}/api/events?page[size]=1`, { headers: HEADERS })).json();
  const second = await (await fetch(first.links.next, { headers: HEADERS })).json();
  expect([first.links.next.startsWith(url), second.data.length]).toEqual([true, 1]);
});

test('a fault with close breaks the connection, with after only once the event is in', async () => {
  const { url, emulator } = await serve();
  emulator.faults.replace([{ close: true, after: true }]);
  const outcome = await sendEvent(url, 'o1').catch((error) => error.name);
  expect([outcome, await eventsAt(url)]).toEqual(['TypeError', ['o1']]);
});

test('state survives a close and a new start', async () => {
  const dataFile = join(folder, 'state.json');
  const first = await serve({ dataFile });
  await sendEvent(first.url, 'o1');
  await first.close();
  served = [];
  const second = await serve({ dataFile });
  await sendEvent(second.url, 'o1');
  await sendEvent(second.url, 'o2');
  expect(await eventsAt(second.url)).toEqual(['o1', 'o2']);
});

test('a data file that cannot be read is an error that names the file', async () => {
  const dataFile = join(folder, 'state.json');
  writeFileSync(dataFile, '{"version":');
  await expect(serveEmulator({ dataFile })).rejects.toThrow(dataFile);
});

test('the command keeps its state when it is told to stop', async () => {
  const dataFile = join(folder, 'state.json');
  const { child, line } = await run('--port', '0', '--data', dataFile, '--visibility-delay', '0');
  const url = /http:\S+/.exec(line)?.[0] ?? line;
  await sendEvent(url, 'o1');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  const kept = JSON.parse(readFileSync(dataFile, 'utf8'));
  expect([code, kept.accounts[0].events.length + kept.tasks.length]).toEqual([0, 1]);
});

test('the command says in one line that its port is taken, and exits with 1', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const { child, line } = await run('--port', port);
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  expect([line, code]).toEqual([
    `klaviyo-emulator: Port ${port} is taken. Stop what listens there or choose another with --port.\n`,
    1,
  ]);
});

test('the command forgets what is beyond its caps', async () => {
  const { line } = await run('--port', '0', '--visibility-delay', '0', '--keep-events', '2', '--keep-profiles', '1');
  const url = /http:\S+/.exec(line)?.[0] ?? line;
  const body = JSON.stringify(eventBody({ profile: { email: 'first@example.com' } }));
  await fetch(`${url}/api/events`, { method: 'POST', headers: HEADERS, body });
  for (const unique_id of ['o1', 'o2', 'o3']) await sendEvent(url, unique_id);
  const { profiles } = await (await fetch(`${url}/__emulator/state`)).json();
  expect([await eventsAt(url), profiles.map(({ email }: { email: string }) => email)]).toEqual([
    ['o2', 'o3'],
    ['ada@example.com'],
  ]);
});

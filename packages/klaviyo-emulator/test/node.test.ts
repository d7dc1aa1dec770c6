import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
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

test('the clock of a data file goes on, also where the options name another', async () => {
  const dataFile = join(folder, 'state.json');
  const startMs = Date.UTC(2026, 10, 2);
  const first = await serve({ dataFile, clock: { startMs } });
  first.emulator.clock.advance(1000);
  await first.close();
  served = [];
  const { clock } = (await serve({ dataFile, clock: { startMs } })).emulator;
  expect([clock.now() - startMs, clock.isFrozen()]).toEqual([1000, true]);
});

test('a state that cannot be saved at the end is an error of close, which has freed the port', async () => {
  const dataFile = join(folder, 'data/state.json');
  const one = await serveEmulator({ dataFile });
  await sendEvent(one.url, 'o1');
  rmSync(join(folder, 'data'), { recursive: true });
  const closed = await one.close().catch((error) => error.message.includes(dataFile));
  const answered = await fetch(one.url).catch((error) => error.name);
  expect([closed, answered]).toEqual([true, 'TypeError']);
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
  const rows = readFileSync(dataFile, 'utf8').split('\n');
  expect([code, rows.filter((row) => /^\[(?:null,"tasks"|0,"events")/.test(row)).length]).toEqual([0, 1]);
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

/** One request whose Host is somebody else's, as DNS rebinding makes a browser send it. */
function askAs(url: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

test("the page and the control routes answer at no name that is not this machine's own", async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const statuses: Record<string, (number | undefined)[]> = {};
  for (const host of [
    '127.0.0.1',
    '127.9.9.9',
    'localhost',
    'shop.localhost',
    '[::1]',
    'evil.example.com',
    '127.0.0.1.example.com',
    '192.168.1.5',
  ]) {
    const own = `${host}:${port}`;
    statuses[host] = [
      await askAs(url, '/__emulator/state', { host: own }),
      await askAs(url, '/%5f_emulator/state', { host: own }),
      await askAs(url, '/__emulator/state', { host: own, origin: `http://${own}` }),
      await askAs(url, '/', { host: own }),
    ];
  }
  const welcome = [200, 200, 200, 200];
  const refused = [403, 403, 403, 403];
  expect(statuses).toEqual({
    '127.0.0.1': welcome,
    '127.9.9.9': welcome,
    localhost: welcome,
    'shop.localhost': welcome,
    '[::1]': welcome,
    'evil.example.com': refused,
    '127.0.0.1.example.com': refused,
    '192.168.1.5': refused,
  });
});

test('the configured hostname is welcome too, and the API answers at any', async () => {
  const { url } = await serve({ hostname: '0.0.0.0' });
  const { port } = new URL(url);
  const headers = { ...HEADERS, host: `a.klaviyo.com:${port}` };
  expect([
    await askAs(url.replace('0.0.0.0', '127.0.0.1'), '/__emulator/state', { host: `0.0.0.0:${port}` }),
    await askAs(url.replace('0.0.0.0', '127.0.0.1'), '/api/lists', headers),
  ]).toEqual([200, 200]);
});

test('the command takes its settings from a file, and flags override them', async () => {
  const config = join(folder, 'klaviyo.config.json');
  const keys = [{ key: 'pk_shop' }, { key: 'pk_reader', scopes: ['lists:read'] }];
  const accounts = [{ publicKey: 'SHOP01', keys, lists: [{ id: 'VIP001', name: 'VIP' }], ageGated: true }];
  const limits = { scale: 2, operations: { get_lists: { burstPerSecond: 1 } } };
  writeFileSync(config, JSON.stringify({ accounts, limits, clock: { startMs: 0 }, assume: { notFoundCode: 'gone' } }));
  const { line } = await run('--port', '0', '--config', config, '--limit-scale', '1', '--assume', 'maxErrors=5');
  const url = /http:\S+/.exec(line)?.[0] ?? line;
  const asReader = { headers: { ...HEADERS, authorization: 'Klaviyo-API-Key pk_reader' } };
  const asked = await Promise.all(
    ['/api/lists', '/api/lists', '/api/events', '/api/lists/none'].map((path) => fetch(url + path, asReader)),
  );
  const missing = await asked[3]?.json();
  const { scale } = await (await fetch(`${url}/__emulator/limits`)).json();
  const { now } = await (await fetch(`${url}/__emulator/clock`)).json();
  expect([
    line.slice(line.indexOf('(')),
    asked.map(({ status }) => status).sort(),
    missing.errors[0].code,
    scale,
    now,
  ]).toEqual([
    '(key pk_shop, public key SHOP01, list VIP001)\n',
    [200, 403, 404, 429],
    'gone',
    1,
    '1970-01-01T00:00:00.000Z',
  ]);
});

test.each([
  ['{', 'Cannot use FILE: Expected property name'],
  ['{"fetch":1}', "Cannot use FILE: 'fetch' is unknown: expected one of accounts, "],
  ['{"jobStepMs":"soon"}', `Cannot use FILE: 'jobStepMs' takes a whole number of 0 or more, not "soon".`],
])('the command says what is wrong with a file of settings: %s', async (content, reason) => {
  const config = join(folder, 'klaviyo.config.json');
  writeFileSync(config, content);
  const { line } = await run('--port', '0', '--config', config);
  expect(line.replace(config, 'FILE')).toContain(`klaviyo-emulator: ${reason}`);
});

test('the command says in one line that it cannot keep its state, and what is wrong with an assumption', async () => {
  writeFileSync(join(folder, 'file'), '');
  const data = await run('--port', '0', '--data', join(folder, 'file/state'));
  const assumed = await run('--port', '0', '--assume', 'bulkDuplicates=Reject');
  expect([data.line.split('\n').length, data.line.includes('Cannot write'), assumed.line]).toEqual([
    2,
    true,
    expect.stringContaining(`'bulkDuplicates' takes "discard" or "reject", not "Reject".`),
  ]);
});

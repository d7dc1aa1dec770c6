import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { serveEmulator } from '../packages/klaviyo-emulator/src/node.ts';
import { assertPortFree } from '../scripts/stack/assertPortFree.ts';
import { type Copy, copyTree } from './support/copyTree.ts';
import { KLAVIYO_KEY } from './support/demo.ts';
import { close, findFreePorts, listen } from './support/findFreePorts.ts';
import { npmStart, type Started } from './support/npmStart.ts';
import { waitFor } from './support/waitFor.ts';

vi.setConfig({ testTimeout: 180_000 });

// One copy for all: the first start installs and builds in it, as in a fresh clone, and the others find that done.
let copy: Copy;
let started: Started | undefined;

beforeAll(async () => {
  copy = await copyTree();
});
afterEach(async () => {
  started?.signal('SIGKILL');
  await started?.ended;
  for (const line of (await started?.leftovers()) ?? []) process.kill(Number.parseInt(line, 10), 'SIGKILL');
});
afterAll(() => copy.remove());

test('it installs, builds and says what to open; Ctrl-C ends all of it', async () => {
  const ports = await findFreePorts(3);
  const [proxy, storefront, emulator] = ports.map((port) => `http://127.0.0.1:${port}`);
  const { leftovers, signal } = start(ports);
  const said = await sees('Ctrl-C ends all of it');
  const answered = await Promise.all(
    [`${proxy}/healthz`, `${storefront}/`, `${emulator}/`].map(async (url) => (await fetch(url)).status),
  );
  const running = (await leftovers()).length;
  signal('SIGINT');

  expect({
    named: [proxy, storefront, emulator].map((url) => said.includes(`${url} `)),
    answered,
    several: running >= 4 || process.platform !== 'linux',
    ...(await remains(ports)),
  }).toEqual({ named: [true, true, true], answered: [200, 200, 200], several: true, ...NOTHING });
});

test.for([
  ['proxy', 0],
  ['storefront', 1],
  ['Klaviyo emulator', 2],
] as const)(
  'a taken port of the %s is one clear message, exit code 1, and nothing left running',
  async ([name, index]) => {
    const ports = await findFreePorts(3);
    const taken = await listen(ports[index] ?? 0);
    const { ended, output } = start(ports);
    const code = await ended;
    await close(taken);

    expect({
      code,
      said: output().includes(`\nPort ${ports[index]} (${name}) is taken. Stop what listens there and start again.\n`),
      building: output().includes('Building'),
      ...(await remains(ports)),
    }).toEqual({ code: 1, said: true, building: false, ...NOTHING });
  },
);

test('Ctrl-C while it builds ends all of it too', async () => {
  const ports = await findFreePorts(3);
  const { output, signal } = start(ports);
  await sees('Building and starting');
  signal('SIGINT');

  expect(await remains(ports)).toEqual(NOTHING);
  expect(output()).not.toContain('Error');
});

test('Ctrl-C while the processes start ends all of it too', async () => {
  const ports = await findFreePorts(3);
  const { output, signal } = start(ports);
  await waitFor('the secrets for the proxy', { look: () => existsSync(secrets('emulator')), isEnough: Boolean });
  signal('SIGINT');

  expect(await remains(ports)).toEqual(NOTHING);
  expect(output()).not.toContain('did not start');
});

test('a wrong configuration is one clear message before anything is built', async () => {
  const ports = await findFreePorts(3);
  const config = await changeConfig('"sources": [', '"sources": [,');
  const { ended, output } = start(ports);
  const code = await ended;
  await config.restore();

  expect({
    code,
    said: output().includes(`\n${config.path}:12:15: expected a value\n`),
    building: output().includes('Building'),
    ...(await remains(ports)),
  }).toEqual({ code: 1, said: true, building: false, ...NOTHING });
});

test('with a Klaviyo key, the account of the configuration is used; its state has a folder of its own', async () => {
  const ports = await findFreePorts(3);
  const klaviyo = await serveEmulator();
  const config = await changeConfig('"share": 0.9', `"share": 0.9, "baseUrl": "${klaviyo.url}"`);
  const { signal } = start(ports, { KLAVIYO_API_KEY: KLAVIYO_KEY });
  const said = await sees('Ctrl-C ends all of it');
  const folder = `klaviyo-${createHash('sha256').update(KLAVIYO_KEY).digest('hex').slice(0, 8)}`;
  const running = existsSync(secrets(folder));
  signal('SIGINT');
  const left = await remains(ports, folder);
  await config.restore();
  await klaviyo.close();

  expect({
    asked: klaviyo.emulator.requests().map(({ path, status }) => [path, status]),
    said: said.includes('the real one, with your KLAVIYO_API_KEY'),
    running,
    ...left,
  }).toEqual({ asked: [['/api/accounts', 200]], said: true, running: true, ...NOTHING });
});

function start(ports: number[], variables?: Record<string, string>): Started {
  started = npmStart(copy, ports, variables);
  return started;
}

/** Waits until the start has said this. Throws, with all that it said, where it ends before. */
function sees(text: string): Promise<string> {
  const { output, ended } = started ?? fail();
  const seen = waitFor(`"${text}"`, { look: output, isEnough: (said) => said.includes(text), timeoutMs: 150_000 });
  const tooEarly = ended.then((code) => {
    throw new Error(`npm start ended with ${code}:\n${output()}`);
  });
  return Promise.race([seen, tooEarly]);
}

function fail(): never {
  throw new Error('nothing is started');
}

async function changeConfig(from: string, to: string) {
  const path = join(copy.dir, 'sluice.config.jsonc');
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
  return { path, restore: () => writeFile(path, text) };
}

/** The file that hands the proxy its secrets. */
function secrets(folder: string): string {
  return join(copy.dir, '.sluice', folder, 'proxy.env');
}

const NOTHING = { left: [], taken: [undefined, undefined, undefined], secrets: false };

/** What an ended start leaves behind. npm may end before what it started: that has a moment to follow. */
async function remains(ports: number[], folder = 'emulator') {
  await started?.ended;
  return {
    left: await waitFor('every process to end', {
      look: async () => (await started?.leftovers()) ?? [],
      isEnough: ({ length }) => length === 0,
      timeoutMs: 10_000,
    }),
    taken: await Promise.all(ports.map((port) => assertPortFree(port, 'any').catch(String))),
    secrets: existsSync(secrets(folder)),
  };
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { assertPortFree } from '../scripts/stack/assertPortFree.ts';
import { close, findFreePorts, listen } from './support/findFreePorts.ts';
import { requireBuilds } from './support/requireBuilds.ts';
import { type Dev, startDev } from './support/startDev.ts';
import { waitFor } from './support/waitFor.ts';

let stateDir: string;
let dev: Dev | undefined;

beforeAll(async () => {
  requireBuilds();
  stateDir = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
});
afterEach(async () => {
  dev?.signal('SIGTERM');
  await dev?.ended;
});
afterAll(() => rm(stateDir, { recursive: true, force: true }));

test.for([
  ['proxy', 0],
  ['storefront', 1],
  ['Klaviyo emulator', 2],
] as const)(
  'a taken port of the %s is one clear message, exit code 1, and nothing left running',
  async ([name, index]) => {
    const ports = await findFreePorts(3);
    const taken = await listen(ports[index] ?? 0);
    dev = startDev({ ports, stateDir });
    const code = await dev.ended;
    await close(taken);

    expect({ code, said: dev.output().trim(), left: await dev.leftovers(), stored: await readdir(stateDir) }).toEqual({
      code: 1,
      said: `Port ${ports[index]} (${name}) is taken. Stop what listens there and start again.`,
      left: [],
      stored: [],
    });
  },
);

test('it says what to open, and Ctrl-C ends all of it', async () => {
  const ports = await findFreePorts(3);
  const [proxy, storefront, emulator] = ports.map((port) => `http://127.0.0.1:${port}`);
  const started = startDev({ ports, stateDir });
  dev = started;
  const said = await waitFor('its greeting', {
    look: started.output,
    isEnough: (output) => output.includes('Ctrl-C ends all of it'),
    timeoutMs: 60_000,
  });
  const answered = await Promise.all(
    [`${proxy}/healthz`, `${storefront}/`, `${emulator}/`].map(async (url) => (await fetch(url)).status),
  );
  const running = (await started.leftovers()).length;
  started.signal('SIGINT');
  const code = await started.ended;

  expect({
    named: [proxy, storefront, emulator].map((url) => said.includes(`${url} `)),
    answered,
    several: running >= 4 || process.platform !== 'linux',
    code,
    left: await started.leftovers(),
    taken: await Promise.all(ports.map((port) => assertPortFree(port, 'any').catch(String))),
  }).toEqual({
    named: [true, true, true],
    answered: [200, 200, 200],
    several: true,
    code: 0,
    left: [],
    taken: [undefined, undefined, undefined],
  });
});

// Elsewhere there is no telling whose a process is.
test.skipIf(process.platform !== 'linux')('Ctrl-C while it is still starting ends all of it too', async () => {
  const ports = await findFreePorts(3);
  const started = startDev({ ports, stateDir });
  dev = started;
  await waitFor('the first child', { look: started.leftovers, isEnough: ({ length }) => length >= 2 });
  started.signal('SIGINT');
  const code = await started.ended;

  expect({ code, said: started.output().trim(), left: await started.leftovers() }).toEqual({
    code: 0,
    said: 'Building and starting …',
    left: [],
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listen } from './support/listen.ts';

const SERVER = fileURLToPath(new URL('../server.ts', import.meta.url));

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [SERVER], { env: { ...process.env, ...env } });
  return { child, errors: text(child.stderr), ended: once(child, 'exit') };
}

test('a taken port is one clear message', async () => {
  const other = await listen(() => {});
  const port = new URL(other.url).port;
  const { errors, ended } = start({ PORT: port });
  const [code] = await ended;
  await other.close();

  expect({ code, errors: (await errors).trim().split('\n').at(-1) }).toEqual({
    code: 1,
    errors: `Port ${port} is taken: stop what listens there, or start the storefront with another PORT.`,
  });
});

test.for([{ PORT: '80x' }, { SLUICE_ENDPOINT: 'nowhere' }] as Record<string, string>[])(
  'refuses %j with what it expects',
  async (env) => {
    const { errors, ended } = start(env);
    const [code] = await ended;
    expect([code, await errors]).toEqual([1, expect.stringMatching(/^\w+ must be an? .+, not ".+"\.\n$/)]);
  },
);

test.for(['SIGTERM', 'SIGINT'] as const)('%s ends it at once, open connections or not', async (signal) => {
  const { child, ended } = start({ PORT: '0' });
  const [line] = await once(child.stdout, 'data');
  const url = String(line).match(/http:\S+/)?.[0] ?? '';
  const response = await fetch(url, { headers: { connection: 'keep-alive' } });
  child.kill(signal);

  expect([response.status, await ended]).toEqual([200, [0, null]]);
  await response.body?.cancel().catch(() => {});
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@sluice/shared';
import { afterAll, beforeAll } from 'vitest';
import { createStack, type ProcessName, type Stack } from '../../scripts/stack/createStack.ts';
import { readConfig } from '../../scripts/stack/readConfig.ts';
import { findFreePorts } from './findFreePorts.ts';
import { createKlaviyoClient, type KlaviyoClient } from './klaviyoClient.ts';
import { createProxyClient, type ProxyClient } from './proxyClient.ts';
import { requireBuilds } from './requireBuilds.ts';
import { ROOT } from './root.ts';
import { waitFor } from './waitFor.ts';

export interface TestStack {
  stack: Stack;
  shopUrl: string;
  proxy: ProxyClient;
  klaviyo: KlaviyoClient;
  /** All that the processes wrote so far. */
  output(name: ProcessName): string;
  /** Resolves once the proxy holds nothing back and the emulator shows all that it took. */
  drained(): Promise<void>;
}

/** A stack of its own for the tests of one file, on free ports and a new state folder; ended whatever happens. */
export function useStack(identity: Partial<Config['identity']> = {}): () => TestStack {
  let running: TestStack | undefined;
  let end = async () => {};

  beforeAll(async () => {
    requireBuilds();
    const [proxy = 0, storefront = 0, emulator = 0] = await findFreePorts(3);
    const stateDir = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
    const output: Record<ProcessName, string> = { proxy: '', storefront: '', emulator: '' };
    const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
    const stack = createStack({
      config: { ...config, identity: { ...config.identity, ...identity } },
      stateDir,
      ports: { proxy, storefront, emulator },
      onLine: (name, line) => {
        output[name] += `${line}\n`;
      },
    });
    end = async () => {
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    };
    endOnSignal(end);
    await stack.start();
    running = connect(stack, (name) => output[name]);
  });
  afterAll(() => end());

  return () => {
    if (!running) throw new Error('the stack did not start');
    return running;
  };
}

function connect(stack: Stack, output: TestStack['output']): TestStack {
  if (stack.urls.emulator === null) throw new Error('the tests never speak to the real Klaviyo');
  const proxy = createProxyClient(stack.urls.proxy);
  const klaviyo = createKlaviyoClient(stack.urls.emulator);
  return {
    stack,
    shopUrl: stack.urls.storefront,
    proxy,
    klaviyo,
    output,
    async drained() {
      await waitFor('an empty outbox', { look: proxy.readTotals, isEnough: ({ waiting }) => waiting === 0 });
      await waitFor('the emulator to show all', { look: klaviyo.state, isEnough: ({ pending }) => pending === 0 });
    },
  };
}

/** A test run that is broken off runs no hooks, and the stack's processes have groups of their own. */
function endOnSignal(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(1)));
}

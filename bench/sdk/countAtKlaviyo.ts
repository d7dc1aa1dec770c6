import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WRITE_KEY } from '../../e2e/support/demo.ts';
import { findFreePorts } from '../../e2e/support/findFreePorts.ts';
import { createKlaviyoClient } from '../../e2e/support/klaviyoClient.ts';
import { createProxyClient } from '../../e2e/support/proxyClient.ts';
import { waitFor } from '../../e2e/support/waitFor.ts';
import { COLUMNS, runColumn } from '../../packages/browser-sdk/test/support/reliability/columns.ts';
import { describeSluiceAtProxy } from '../../packages/browser-sdk/test/support/reliability/sdk.ts';
import { createStack } from '../../scripts/stack/createStack.ts';
import { readConfig } from '../../scripts/stack/readConfig.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Held {
  delivered: number;
  duplicates: number;
}

/** The columns once more, through the real proxy: how many distinct events the emulator holds of each in the end. */
export async function countAtKlaviyo(
  browser: Parameters<typeof runColumn>[0],
  script: string,
  { events, atOnce }: { events: number; atOnce: number },
): Promise<Map<string, Held>> {
  const [proxy = 0, storefront = 0, emulator = 0] = await findFreePorts(3);
  const stateDir = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const stack = createStack({ config, stateDir, ports: { proxy, storefront, emulator } });
  try {
    await stack.start();
    const relay = { url: stack.urls.proxy, origin: stack.urls.storefront };
    const jobs = Object.keys(COLUMNS);
    const work = async () => {
      for (let run = jobs.shift(); run; run = jobs.shift())
        await runColumn(browser, describeSluiceAtProxy(script, { writeKey: WRITE_KEY, run }), run, { events, relay });
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await waitFor('an empty outbox', {
      look: createProxyClient(stack.urls.proxy).readTotals,
      isEnough: ({ waiting }) => waiting === 0,
    });
    const klaviyo = createKlaviyoClient(stack.urls.emulator ?? '');
    await waitFor('the emulator to show all', { look: klaviyo.state, isEnough: ({ pending }) => pending === 0 });
    const held = await klaviyo.events();
    return new Map(Object.keys(COLUMNS).map((run) => [run, count(held.filter((it) => it.properties.run === run))]));
  } finally {
    await stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

function count(events: { properties: Record<string, unknown> }[]): Held {
  const steps = events.map(({ properties }) => String(properties.step)).filter((step) => step.startsWith('evt_'));
  const delivered = new Set(steps).size;
  return { delivered, duplicates: steps.length - delivered };
}

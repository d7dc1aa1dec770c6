import { once } from 'node:events';
import { join } from 'node:path';
import { findFreePorts } from '../../e2e/support/findFreePorts.ts';
import { createKlaviyoClient } from '../../e2e/support/klaviyoClient.ts';
import { createProxyClient } from '../../e2e/support/proxyClient.ts';
import { waitFor } from '../../e2e/support/waitFor.ts';
import { createStack } from '../../scripts/stack/createStack.ts';
import { readConfig } from '../../scripts/stack/readConfig.ts';
import { startChild } from './runChild.ts';
import { OURS } from './subjects.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Kills {
  /** For the stack's state and the spool. */
  dir: string;
  kills: number;
  eventsEach: number;
}

/** Kills back ends that have tracked orders, lets the next start send them through the real proxy, and counts them. */
export async function countAtEmulator({
  dir,
  kills,
  eventsEach,
}: Kills): Promise<{ orders: number; repeated: number }> {
  const [proxy = 0, storefront = 0, emulator = 0] = await findFreePorts(3);
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const stack = createStack({ config, stateDir: join(dir, 'state'), ports: { proxy, storefront, emulator } });
  try {
    await stack.start();
    const spool = join(dir, 'spool');
    const run = { client: OURS, url: stack.urls.proxy, dir: spool, amount: eventsEach };
    for (let kill = 0; kill < kills; kill++)
      await once(startChild({ ...run, task: 'SIGKILL', from: kill * eventsEach }), 'exit');
    await once(startChild({ ...run, task: 'resume' }), 'exit');
    // The same again: what was taken must not be sent a second time.
    await once(startChild({ ...run, task: 'resume' }), 'exit');
    await waitFor('an empty outbox', {
      look: createProxyClient(stack.urls.proxy).readTotals,
      isEnough: ({ waiting, accepted }) => accepted > 0 && waiting === 0,
    });
    const klaviyo = createKlaviyoClient(stack.urls.emulator ?? '');
    await waitFor('the emulator to show all', { look: klaviyo.state, isEnough: ({ pending }) => pending === 0 });
    const orders = (await klaviyo.events())
      .filter(({ metric }) => metric === 'Placed Order')
      .map(({ uniqueId }) => uniqueId);
    return { orders: new Set(orders).size, repeated: orders.length - new Set(orders).size };
  } finally {
    await stack.stop();
  }
}

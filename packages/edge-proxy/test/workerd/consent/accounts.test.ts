import { createExecutionContext, createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import worker from '../../../src/index.ts';
import { readTable } from '../support/ledger.ts';
import { testConfig } from '../support/settings.ts';
import { openWorld } from '../support/world.ts';

it('an account that was sent nothing yet looks at its own Klaviyo, not at that of "main"', async () => {
  openWorld();
  const accounts = { ...testConfig.accounts, fr: testConfig.accounts.main };
  const bindings = {
    ...env,
    SLUICE_CONFIG: JSON.stringify({ ...testConfig, accounts }),
    KLAVIYO_API_KEY_FR: 'pk_emulator_fr',
  };
  const controller = createScheduledController({ scheduledTime: Date.now(), cron: '* * * * *' });
  await worker.scheduled?.(controller, bindings, createExecutionContext());
  const cursors = await readTable<{ account: string; feed: string }>('reconcile_cursors');
  expect(cursors.filter(({ feed }) => feed === 'everybody').map(({ account }) => account)).toEqual(['fr', 'main']);
});

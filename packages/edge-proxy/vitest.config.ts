import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { KLAVIYO_WEBHOOK_SECRET, testConfig, testSecrets, WEBHOOK_SECRET } from './test/workerd/support/settings.ts';

// wrangler.jsonc says that these are required, and the environment is where they are looked for.
Object.assign(process.env, testSecrets);

/** What runs inside the Workers runtime: the whole Worker, with the emulator in Klaviyo's place. */
export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.jsonc' },
      miniflare: {
        bindings: {
          SLUICE_CONFIG: JSON.stringify(testConfig),
          WEBHOOK_SECRET,
          KLAVIYO_WEBHOOK_SECRET,
          SLUICE_TEST_LONG: process.env.SLUICE_TEST_LONG ?? '',
          TEST_MIGRATIONS: await readD1Migrations('./migrations'),
        },
        // For ingest/queues.test.ts; the configuration of all others names one.
        queueProducers: { INGEST_2: { queueName: 'sluice-ingest-2' }, INGEST_3: { queueName: 'sluice-ingest-3' } },
        // The tests answer for Klaviyo themselves (support/world.ts); nothing may get past them.
        outboundService: (request: Request) => new Response(`no network in tests: ${request.url}`, { status: 599 }),
      },
    }),
  ],
  test: {
    name: 'edge-proxy workerd',
    include: ['test/workerd/**/*.test.ts'],
    setupFiles: ['./test/workerd/support/setup.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
}));

import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from './test/support/chromium.ts';
import { FIREFOX_PATH } from './test/support/firefox.ts';

const hasChromium = existsSync(CHROMIUM_PATH);
if (!hasChromium) {
  const missing = `${CHROMIUM_PATH} is missing: the SDK's browser tests`;
  if (process.env.CI) throw new Error(`${missing} cannot run`);
  console.warn(`\n!!! ${missing} ARE SKIPPED !!!\n`);
}

const hasFirefox = existsSync(FIREFOX_PATH);
if (!hasFirefox) console.warn(`\n!!! ${FIREFOX_PATH} is missing: the SDK's tests in Firefox ARE SKIPPED !!!\n`);

export default defineConfig({
  test: {
    globalSetup: './test/support/buildBundles.ts',
    projects: [
      { extends: true, test: { name: 'bundle', include: ['test/bundle/*.test.ts'] } },
      // Optional, with CI set too: what needs a browser's every corner is tested in Chromium.
      ...(hasFirefox
        ? [
            {
              extends: true as const,
              test: { name: 'firefox', include: ['test/firefox/*.test.ts'], testTimeout: 60_000, hookTimeout: 90_000 },
            },
          ]
        : []),
      ...(hasChromium
        ? [
            {
              extends: true as const,
              test: {
                name: 'page',
                include: ['test/page/*.test.ts'],
                globalSetup: './test/support/launchChromium.ts',
                maxWorkers: 2,
                testTimeout: 60_000,
              },
            },
            {
              extends: true as const,
              define: { __VERSION__: '"0.0.0-test"' },
              test: {
                name: 'browser',
                include: ['test/browser/*.test.ts'],
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({ launchOptions: { executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS } }),
                  instances: [{ browser: 'chromium' as const }],
                },
              },
            },
          ]
        : []),
    ],
  },
});

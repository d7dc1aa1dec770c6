import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_PATH } from './test/support/chromium.ts';

const hasChromium = existsSync(CHROMIUM_PATH);
if (!hasChromium) {
  const missing = `${CHROMIUM_PATH} is missing: the storefront's browser tests`;
  if (process.env.CI) throw new Error(`${missing} cannot run`);
  console.warn(`\n!!! ${missing} ARE SKIPPED !!!\n`);
}

export default defineConfig({
  test: {
    name: 'storefront',
    include: ['test/*.test.ts', ...(hasChromium ? ['test/browser/*.test.ts'] : [])],
    testTimeout: 90_000,
  },
});

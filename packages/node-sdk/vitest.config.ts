import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __VERSION__: '"0.0.0-test"' },
  test: {
    name: 'node-sdk',
    include: ['test/**/*.test.ts'],
    globalSetup: './test/support/build.ts',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});

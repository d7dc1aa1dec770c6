import { defineConfig } from 'vitest/config';

/** What needs no Workers runtime: pure functions, in plain Node. */
export default defineConfig({
  test: { name: 'edge-proxy unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
});

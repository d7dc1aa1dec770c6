import { defineConfig } from 'vitest/config';

/** The Dispatcher in a workerd process of its own, on a real disk, which is killed again and again. */
export default defineConfig({
  test: {
    name: 'edge-proxy killed',
    include: ['test/kill/**/*.test.ts'],
    // The waits inside have deadlines of their own, which say what they saw.
    testTimeout: 900_000,
    hookTimeout: 60_000,
  },
});

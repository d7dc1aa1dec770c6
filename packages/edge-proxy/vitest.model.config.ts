import { defineConfig } from 'vitest/config';

/** Delivery in virtual time, on Node's own SQLite: whatever may happen to it, and backlogs too large for the other suites. */
export default defineConfig({
  test: {
    name: 'edge-proxy model',
    include: ['test/model/**/*.test.ts'],
    // The Worker's own log lines are of use only beside a failure.
    silent: 'passed-only',
    // The long run plays thousands of lives and drains millions of events.
    testTimeout: 3_600_000,
  },
});

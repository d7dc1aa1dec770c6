import { defineConfig } from 'vitest/config';

// Far from UTC, where a time that was read as local shows.
process.env.TZ = 'Asia/Kolkata';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 } });

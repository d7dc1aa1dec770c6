import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'node-backend', include: ['test/*.test.ts'], testTimeout: 60_000 } });

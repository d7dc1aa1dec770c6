import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one Chromium of this run listens. */
    chromium: string;
  }
}

/** One browser for all test files: a start costs more than a test. */
export default async function launchChromium(project: TestProject) {
  const server = await chromium.launchServer({ executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS });
  project.provide('chromium', server.wsEndpoint());
  return () => server.close();
}

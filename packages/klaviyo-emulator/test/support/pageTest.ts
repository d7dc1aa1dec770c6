import { type Browser, devices, type Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import { type ServeOptions, serveEmulator } from '../../src/node.ts';
import { launchChromium } from './chromium.ts';
import { HEADERS, START_MS } from './createTestEmulator.ts';

// Below the tests' own timeout, so that a failure names the step that waited in vain.
const STEP_TIMEOUT_MS = 15_000;

interface PageOptions extends ServeOptions {
  /** What the console may say without failing the test. */
  expected?: RegExp;
  width?: number;
}

/**
 * A test with `open()`: the page of a fresh emulator on a port, whose clock stands still unless told otherwise. When
 * the test ends, the console must have said nothing, and nothing may have been asked of another origin.
 */
export const test = base.extend<{ open: (options?: PageOptions) => ReturnType<typeof openPage> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  open: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use((options = {}) => openPage(options, ends));
    for (const end of ends) await end();
  },
});

let browser: Promise<Browser> | undefined;

/** For `afterAll`: there is one browser for the tests of a file. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

async function openPage({ expected, width = 1280, ...options }: PageOptions, ends: (() => Promise<void>)[]) {
  const still = { clock: { startMs: START_MS }, visibilityDelayMs: 0, jobStepMs: 0, limits: { enabled: false } };
  const { url, emulator, close } = await serveEmulator({ ...still, ...options });
  const stop = once(close);
  browser ??= launchChromium();
  const viewport = { width, height: 900 };
  const context = await (await browser).newContext({ ...devices['Desktop Chrome'], viewport, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  const problems = watch(page, url);
  ends.push(async () => {
    await context.close();
    await stop();
    expect(problems.filter((problem) => !expected?.test(problem))).toEqual([]);
  });
  await page.goto(url);
  await page.locator('#live.on').waitFor();
  return { page, emulator, stop, send: sender(url) };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let ran: Promise<void> | undefined;
  return () => {
    ran ??= run();
    return ran;
  };
}

function watch(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && request.url() !== 'data:,') problems.push(`asked ${request.url()}`);
  });
  return problems;
}

/** Sends one API request and returns its status. */
function sender(url: string) {
  return async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { ...HEADERS, ...headers }, body: JSON.stringify(body) };
    const response = await fetch(url + path, init);
    await response.arrayBuffer();
    return response.status;
  };
}

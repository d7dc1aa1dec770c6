import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATH = '/usr/bin/chromium';

/** Nothing that looks for the network or a GPU by itself. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether there is a browser. Where `CI` is set there must be one. */
export function hasChromium(purpose: string): boolean {
  if (existsSync(PATH)) return true;
  if (process.env.CI) throw new Error(`${PATH} is missing, so ${purpose} cannot be tested.`);
  console.warn(`\n!!! ${PATH} is missing: ${purpose} IS NOT TESTED !!!\n`);
  return false;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ARGS });
}

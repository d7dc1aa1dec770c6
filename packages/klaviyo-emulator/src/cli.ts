#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import type { Assumptions } from './assumptions.ts';
import { type Flags, mergeFlags } from './node/mergeFlags.ts';
import { readConfig } from './node/readConfig.ts';
import { type ServedEmulator, serveEmulator } from './node.ts';
import { DEMO_ACCOUNT, type EmulatorOptions } from './options.ts';
import { ASSUMPTIONS } from './settings/assumptions.ts';

const DEFAULT_PORT = 8790;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('Expected a whole number of 0 or more.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

/** One `name=value`; values that are no plain text are written as JSON. */
function assume(text: string, others: Partial<Assumptions>): Partial<Assumptions> {
  const [name = '', ...rest] = text.split('=');
  const all = { ...others, [name]: readValue(rest.join('=')) };
  const wrong = ASSUMPTIONS(all, '');
  if (wrong !== undefined) throw new InvalidArgumentError(wrong);
  return all;
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const command = new Command('klaviyo-emulator')
  .description('A local Klaviyo with its real limits, for development and tests')
  .option('--port <number>', 'port on 127.0.0.1', wholeNumber, DEFAULT_PORT)
  .option('--config <file>', 'accounts, keys, delays and everything else, in JSON; flags override it')
  .option('--data <file>', 'keeps the state in this file through restarts')
  .option('--visibility-delay <ms>', 'time from a 202 to its visibility', wholeNumber)
  .option('--no-limits', 'answers without rate limits')
  .option('--limit-scale <factor>', 'multiplies every rate limit', positive)
  .option('--keep-events <number>', 'forgets the oldest events of an account beyond this many', wholeNumber)
  .option('--keep-profiles <number>', 'forgets the oldest profiles of an account beyond this many', wholeNumber)
  .option('--assume <name=value>', 'answers what Klaviyo leaves open; may be repeated', assume, {})
  .action(start);

async function start(flags: Flags): Promise<void> {
  try {
    const options = mergeFlags(flags.config === undefined ? {} : readConfig(flags.config), flags);
    const served = await serveEmulator(options);
    console.log(`Klaviyo emulator: ${served.url} (${introduce(options)})`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(served));
  } catch (error) {
    fail(error, flags.port);
  }
}

/** What a first request needs to know. */
function introduce({ accounts: [account = DEMO_ACCOUNT] = [] }: EmulatorOptions): string {
  const [key] = account.keys;
  const [list] = account.lists ?? [];
  return [key && `key ${key.key}`, `public key ${account.publicKey}`, list && `list ${list.id}`]
    .filter(Boolean)
    .join(', ');
}

async function stop(served: ServedEmulator): Promise<void> {
  await served.close().catch(fail);
  process.exit(0);
}

function fail(error: unknown, port?: number): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = error instanceof Error ? error.message : String(error);
  const advice = `Port ${port} is taken. Stop what listens there or choose another with --port.`;
  console.error(`klaviyo-emulator: ${taken ? advice : reason}`);
  process.exit(1);
}

await command.parseAsync();

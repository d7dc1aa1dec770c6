#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { type Assumptions, DEFAULT_ASSUMPTIONS } from './assumptions.ts';
import { type ServedEmulator, type ServeOptions, serveEmulator } from './node.ts';

const DEFAULT_PORT = 8790;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Expected a whole number of 0 or more.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

/** One `name=value`; values that are no plain text are written as JSON. */
function assume(text: string, others: Partial<Assumptions>): Partial<Assumptions> {
  const [name = '', ...rest] = text.split('=');
  if (!Object.hasOwn(DEFAULT_ASSUMPTIONS, name))
    throw new InvalidArgumentError(`Expected one of ${Object.keys(DEFAULT_ASSUMPTIONS).join(', ')}.`);
  const value = readValue(rest.join('='));
  const known: unknown = Reflect.get(DEFAULT_ASSUMPTIONS, name);
  if (typeof value !== typeof known || Array.isArray(value) !== Array.isArray(known))
    throw new InvalidArgumentError(`Expected a value like ${JSON.stringify(known)}.`);
  return { ...others, [name]: value };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Flags {
  port: number;
  data?: string;
  visibilityDelay?: number;
  limits: boolean;
  limitScale?: number;
  keepEvents?: number;
  keepProfiles?: number;
  assume: Partial<Assumptions>;
}

const command = new Command('klaviyo-emulator')
  .description('A local Klaviyo with its real limits, for development and tests')
  .option('--port <number>', 'port on 127.0.0.1', wholeNumber, DEFAULT_PORT)
  .option('--data <file>', 'keeps the state in this file through restarts')
  .option('--visibility-delay <ms>', 'time from a 202 to its visibility', wholeNumber)
  .option('--no-limits', 'answers without rate limits')
  .option('--limit-scale <factor>', 'multiplies every rate limit', positive)
  .option('--keep-events <number>', 'forgets the oldest events of an account beyond this many', wholeNumber)
  .option('--keep-profiles <number>', 'forgets the oldest profiles of an account beyond this many', wholeNumber)
  .option('--assume <name=value>', 'answers what Klaviyo leaves open; may be repeated', assume, {})
  .action(start);

async function start(flags: Flags): Promise<void> {
  const options: ServeOptions = {
    port: flags.port,
    assume: flags.assume,
    limits: { enabled: flags.limits, ...(flags.limitScale === undefined ? {} : { scale: flags.limitScale }) },
    keep: {
      ...(flags.keepEvents === undefined ? {} : { events: flags.keepEvents }),
      ...(flags.keepProfiles === undefined ? {} : { profiles: flags.keepProfiles }),
    },
    ...(flags.data === undefined ? {} : { dataFile: flags.data }),
    ...(flags.visibilityDelay === undefined ? {} : { visibilityDelayMs: flags.visibilityDelay }),
  };
  const served = await serveEmulator(options).catch((error: NodeJS.ErrnoException) => fail(flags, error));
  console.log(`Klaviyo emulator: ${served.url} (key pk_emulator_demo, public key EMULAT, list DEMO01)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(served));
}

function fail(flags: Flags, error: NodeJS.ErrnoException): never {
  const taken = `Port ${flags.port} is taken. Stop what listens there or choose another with --port.`;
  console.error(`klaviyo-emulator: ${error.code === 'EADDRINUSE' ? taken : error.message}`);
  process.exit(1);
}

async function stop(served: ServedEmulator): Promise<void> {
  await served.close();
  process.exit(0);
}

await command.parseAsync();

import { type ChildProcess, spawn } from 'node:child_process';
import { eachLine } from './eachLine.ts';

export interface ProcessOptions {
  /** For messages. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** Answers 2xx once the process serves. */
  readyUrl: string;
  onLine?: (line: string) => void;
}

export interface RunningProcess {
  pid: number;
  /** Resolves once it serves; rejects, with its output, when it does not. */
  ready: Promise<void>;
  /** Ends the process and all that it started; resolves when it is gone. Safe to call twice. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

/** Starts a program in a process group of its own. */
export function startProcess({ name, command, args, cwd, env, readyUrl, onLine }: ProcessOptions): RunningProcess {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
    if (onLine) eachLine(stream, onLine);
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => stopGroup(child, exited, signal);
  const ready = waitUntilReady(readyUrl, child).catch(async (error: Error) => {
    await stop('SIGKILL');
    throw new Error(`${name} did not start: ${error.message}\n${output.trim()}`);
  });
  return { pid: child.pid ?? 0, ready, stop };
}

/** wrangler's own child outlives it, so the signal goes to the whole group. */
async function stopGroup(child: ChildProcess, exited: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child.pid, signal);
  const timer = setTimeout(() => signalGroup(child.pid ?? 0, 'SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
  // What the leader left behind.
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer from ${url} within ${READY_TIMEOUT_MS / 1000} s`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

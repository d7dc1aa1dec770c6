import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ChildTask {
  client: string;
  task: string;
  url?: string;
  /** Folder of a spool. */
  dir?: string | undefined;
  /** How many events. */
  amount?: number;
  /** Number of the first. */
  from?: number;
}

export function startChild({
  client,
  task,
  url = 'http://127.0.0.1:9',
  dir = '-',
  amount = 0,
  from = 0,
}: ChildTask): ChildProcess {
  const args = [client, task, url, dir, String(amount), String(from)];
  return fork(join(import.meta.dirname, 'child.ts'), args, {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** What a child answers with. */
export async function hear<T>(child: ChildProcess): Promise<T> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a child ended with ${code}`))),
  ]);
  return message as T;
}

/** Ends a child and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ROOT } from './root.ts';

export interface Dev {
  output(): string;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Processes that it started, or their children did, and that still run. */
  leftovers(): Promise<string[]>;
}

/** Runs `node scripts/dev.ts` on other ports and another state folder, as a shell would: in a process group. */
export function startDev({ ports, stateDir }: { ports: number[]; stateDir: string }): Dev {
  const mark = `E2E_RUN=${randomUUID()}`;
  const preload = fileURLToPath(new URL('./elsewhere.ts', import.meta.url));
  // With a key of the caller's own it would forward to the real Klaviyo.
  const { KLAVIYO_API_KEY: _key, ...env } = process.env;
  const [name = '', value] = mark.split('=');
  const child = spawn(process.execPath, ['--import', preload, 'scripts/dev.ts'], {
    cwd: ROOT,
    env: { ...env, E2E_PORTS: ports.join(), E2E_STATE_DIR: stateDir, [name]: value },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return {
    output: () => output,
    ended: new Promise((resolve) => child.once('close', resolve)),
    signal: (signal) => void (child.exitCode === null && process.kill(-(child.pid ?? 0), signal)),
    leftovers: () => findByEnvironment(mark),
  };
}

/** Every process inherits the mark, whatever group or parent it ended up with. Linux only; elsewhere it finds none. */
async function findByEnvironment(mark: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (!environment.split('\0').includes(mark)) return [];
      return [`${pid} ${(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')}`];
    }),
  );
  return found.flat();
}

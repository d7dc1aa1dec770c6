import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import type { Copy } from './copyTree.ts';

export interface Started {
  output(): string;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
  /** Signals the whole process group, as a terminal's Ctrl-C does. */
  signal(signal: NodeJS.Signals): void;
  /** Processes that it started, or their children did, and that still run. */
  leftovers(): Promise<string[]>;
}

/** Runs `npm start` as a person with a fresh clone does, but on these ports: proxy, storefront, emulator. */
export function npmStart({ dir, home }: Copy, ports: number[], variables: Record<string, string> = {}): Started {
  const env = { ...personsEnvironment(), ...variables, HOME: home, SLUICE_PORTS: ports.join() };
  const child = spawn('npm', ['start'], { cwd: dir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return {
    output: () => output,
    ended: new Promise((resolve) => child.once('close', resolve)),
    signal(signal) {
      const running = child.exitCode === null && child.signalCode === null;
      if (running && child.pid !== undefined) process.kill(-child.pid, signal);
    },
    leftovers: () => findByEnvironment(`HOME=${home}`),
  };
}

/** What a registry may be out of reach without. */
const KEPT =
  /^(TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|(https?|no)_proxy|npm_config_(registry|cafile|https?_proxy|noproxy))$/i;

/** Without what the surrounding npm and pnpm add, a Klaviyo key among the variables, or this repository's programs. */
function personsEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

/** Every process inherits the environment, whatever group or parent it ended up with. Linux only; elsewhere none is found. */
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

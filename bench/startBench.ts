import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCpuMs } from './readCpuMs.ts';

const PROXY_DIR = join(import.meta.dirname, '../packages/edge-proxy');
const PATIENCE_MS = 10_000;

/** The bench Worker in a workerd of its own: no proxy, no simulator between it and whoever asks. */
export interface BenchWorker {
  /** Asks the object of that name. Throws what the Worker throws. */
  ask<T>(account: string, path: string, body?: unknown): Promise<T>;
  /** CPU time that the process has used so far, of all its threads: garbage collection counts. Milliseconds. */
  cpuMs(): number;
  stop(): void;
}

/** Builds packages/edge-proxy/test/bench as a deploy would, and starts it. */
export async function startBench(): Promise<BenchWorker> {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  build(dir);
  const port = await findPort();
  writeFileSync(join(dir, 'workerd.capnp'), workerdConfig(dir, port));
  const child = spawn(findWorkerd(), ['serve', join(dir, 'workerd.capnp')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await untilListening(url, child);
  return {
    async ask(account, path, body) {
      const init = { method: 'POST', headers: { 'x-account': account }, body: JSON.stringify(body ?? null) };
      const response = await fetch(`${url}${path}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    cpuMs: () => readCpuMs(child.pid ?? 0),
    stop,
  };
}

function build(dir: string): void {
  const args = ['deploy', '--dry-run', '--minify', '--config', 'test/bench/wrangler.jsonc', '--outdir', dir];
  const { status, stdout, stderr } = spawnSync(join(PROXY_DIR, 'node_modules/.bin/wrangler'), args, {
    cwd: PROXY_DIR,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  if (status !== 0) throw new Error(`wrangler deploy --dry-run failed:\n${stdout}${stderr}`);
}

/** The binary that wrangler brings. */
function findWorkerd(): string {
  const wrangler = createRequire(join(PROXY_DIR, 'package.json')).resolve('wrangler/package.json');
  return createRequire(wrangler)('workerd').default;
}

function workerdConfig(dir: string, port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "bench", worker = .bench), (name = "storage", disk = (path = "${dir}", writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "bench")]
);
const bench :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-01",
  bindings = [(name = "ACCOUNT", durableObjectNamespace = (className = "BenchAccount"))],
  durableObjectNamespaces = [(className = "BenchAccount", uniqueKey = "bench", enableSql = true)],
  durableObjectStorage = (localDisk = "storage")
);
`;
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

async function untilListening(url: string, child: ChildProcess): Promise<void> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  while (Date.now() < giveUpMs && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  throw new Error('workerd does not listen');
}

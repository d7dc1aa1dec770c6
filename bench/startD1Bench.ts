import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromWrangler } from '../packages/edge-proxy/test/kill/support/fromWrangler.ts';
import { readCpuMs } from './readCpuMs.ts';

/** The parts of wrangler's packages that are used here. */
interface Bundler {
  build(options: object): Promise<unknown>;
}
interface Runtime {
  Miniflare: new (options: unknown) => { ready: Promise<URL>; dispose(): Promise<void> };
  convertV4MiniflareOptions(options: object): unknown;
}

export interface D1Bench {
  /** Throws what the Worker throws. */
  ask<T>(path: string, body: unknown): Promise<T>;
  /** CPU time that workerd has used so far, the database's included: it runs in the same process. Milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const PROXY_DIR = join(import.meta.dirname, '../packages/edge-proxy');

/** Builds one Worker of packages/edge-proxy/test/bench and runs it on a D1 of its own, which the migrations have made. */
export async function startD1Bench(entry: string): Promise<D1Bench> {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  await fromWrangler<Bundler>('esbuild').build({
    entryPoints: [join(PROXY_DIR, 'test/bench', entry)],
    outfile: join(dir, 'worker.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  });
  const { Miniflare, convertV4MiniflareOptions } = fromWrangler<Runtime>('miniflare');
  const before = new Set(children());
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: readFileSync(join(dir, 'worker.js'), 'utf8'),
      compatibilityDate: '2026-11-01',
      cf: false,
      host: '127.0.0.1',
      port: 0,
      d1Databases: ['DB'],
      resourcePersistencePath: join(dir, 'storage'),
    }),
  );
  const url = (await runtime.ready).href;
  const [workerd] = children().filter((pid) => !before.has(pid) && nameOf(pid) === 'workerd');
  if (workerd === undefined) throw new Error('miniflare started no workerd');
  const ask = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  await ask('migrate', readMigrations());
  return {
    ask,
    cpuMs: () => readCpuMs(workerd),
    async stop() {
      await runtime.dispose();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A statement each; comments may hold a semicolon. */
function readMigrations(): string[] {
  const folder = join(PROXY_DIR, 'migrations');
  const text = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll(/--.*$/gm, ''))
    .join('\n');
  return text
    .split(';')
    .map((query) => query.trim())
    .filter(Boolean);
}

function children(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

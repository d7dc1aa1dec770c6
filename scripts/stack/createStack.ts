import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Config } from '@sluice/shared';
import { assertPortFree } from './assertPortFree.ts';
import { demoSecrets } from './demoSecrets.ts';
import { localConfig } from './localConfig.ts';
import { runToEnd } from './runToEnd.ts';
import { type ProcessOptions, type RunningProcess, startProcess } from './startProcess.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface StackOptions {
  /** What sluice.config.jsonc says. */
  config: Config;
  /** Where state that survives restarts lives. */
  stateDir: string;
  ports: { proxy: number; storefront: number; emulator: number };
  /** The real Klaviyo instead of the emulator. */
  klaviyo?: { apiKey: string; listId: string | null };
  /** Called with every line that one of the processes writes. */
  onLine?: (name: ProcessName, line: string) => void;
}

export type ProcessName = 'emulator' | 'proxy' | 'storefront';

export interface Stack {
  urls: { proxy: string; storefront: string; emulator: string | null };
  /** Throws one clear message when a port is taken. */
  assertPortsFree(): Promise<void>;
  /** Starts everything; resolves when all of it serves. */
  start(): Promise<void>;
  /** Starts the proxy, again if need be, on the state that it left. */
  startProxy(): Promise<RunningProcess>;
  /** Starts the emulator, again if need be, on the state that it left. */
  startEmulator(): Promise<RunningProcess>;
  /** Ends one of the processes; the others go on. */
  end(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
  /** Ends everything, also what is still starting. */
  stop(): Promise<void>;
}

/** The emulator (unless the real Klaviyo is meant), the proxy and the example storefront, not started yet. */
export function createStack({ config, ports, stateDir, klaviyo, onLine }: StackOptions): Stack {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const listId = klaviyo ? klaviyo.listId : 'DEMO01';
  const envFile = join(stateDir, 'proxy.env');
  const running = new Map<ProcessName, RunningProcess>();
  const stopping = new AbortController();
  const emulatorUrl = klaviyo ? null : local(ports.emulator);
  const served = localConfig(config, { emulatorUrl, listId, shopPort: ports.storefront });
  let writing: Promise<void> | undefined;

  const launch = async (name: ProcessName, options: Omit<ProcessOptions, 'onLine'>) => {
    stopping.signal.throwIfAborted();
    const started = startProcess({ ...options, onLine: (line) => onLine?.(name, line) });
    running.set(name, started);
    await started.ready;
    return started;
  };
  const startEmulator = () => launch('emulator', emulatorProcess(ports.emulator, join(stateDir, 'klaviyo.json')));
  const startProxy = () => launch('proxy', proxyProcess(ports.proxy, stateDir, envFile));
  const assertPortsFree = async () => {
    if (!klaviyo) await assertPortFree(ports.emulator, 'Klaviyo emulator');
    await assertPortFree(ports.proxy, 'proxy');
    await assertPortFree(ports.storefront, 'storefront');
  };

  return {
    urls: { proxy: local(ports.proxy), storefront: local(ports.storefront), emulator: emulatorUrl },
    startEmulator,
    startProxy,
    assertPortsFree,
    async start() {
      await assertPortsFree();
      await mkdir(stateDir, { recursive: true });
      const values = { ...demoSecrets(klaviyo?.apiKey), SLUICE_CONFIG: JSON.stringify(served) };
      stopping.signal.throwIfAborted();
      writing = writeFile(envFile, toEnvFile(values), { mode: 0o600 });
      await writing;
      await Promise.all([
        emulatorUrl === null ? undefined : startEmulator(),
        launch('storefront', storefrontProcess(ports, listId, emulatorUrl ?? '')),
        migrate(stateDir, stopping.signal).then(startProxy),
      ]);
    },
    async end(name, signal) {
      await running.get(name)?.stop(signal);
      running.delete(name);
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      await Promise.all([...running.values()].map((process) => process.stop()));
      await writing?.catch(() => undefined);
      // It may hold a real key, and each start writes it anew.
      await rm(envFile, { force: true });
    },
  };
}

function emulatorProcess(port: number, data: string): ProcessOptions {
  return {
    name: 'The Klaviyo emulator',
    command: process.execPath,
    args: [join(ROOT, 'packages/klaviyo-emulator/dist/cli.js'), '--port', String(port), '--data', data],
    cwd: ROOT,
    readyUrl: `http://127.0.0.1:${port}/`,
  };
}

const PROXY_DIR = join(ROOT, 'packages/edge-proxy');
const WRANGLER = join(PROXY_DIR, 'node_modules/.bin/wrangler');
/** Nothing is reported or fetched; the edge's facts about the visitor are the runtime's placeholder. */
const OFFLINE = {
  // wrangler's own script looks for a `node` on the PATH: the one that runs this.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  NO_COLOR: '1',
};

function migrate(stateDir: string, signal: AbortSignal): Promise<void> {
  const args = ['d1', 'migrations', 'apply', 'sluice', '--local', '--persist-to', stateDir];
  return runToEnd(WRANGLER, args, { cwd: PROXY_DIR, env: { ...process.env, ...OFFLINE, CI: '1' }, signal });
}

function proxyProcess(port: number, stateDir: string, envFile: string): ProcessOptions {
  const args = ['dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0', '--persist-to', stateDir];
  return {
    name: 'The proxy',
    command: WRANGLER,
    args: [...args, '--env-file', envFile, '--show-interactive-dev-session', 'false', '--log-level', 'warn'],
    cwd: PROXY_DIR,
    env: OFFLINE,
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  };
}

function storefrontProcess(ports: StackOptions['ports'], listId: string | null, inspectUrl: string): ProcessOptions {
  return {
    name: 'The example storefront',
    command: process.execPath,
    args: ['server.ts'],
    cwd: join(ROOT, 'examples/storefront'),
    env: {
      PORT: String(ports.storefront),
      SLUICE_ENDPOINT: `http://127.0.0.1:${ports.proxy}`,
      SLUICE_WRITE_KEY: 'wk_demo',
      SLUICE_LIST_ID: listId ?? '',
      SLUICE_INSPECT_URL: inspectUrl,
    },
    readyUrl: `http://127.0.0.1:${ports.storefront}/`,
  };
}

/** JSON values have no single quote that is not escaped here, so single quotes keep them whole. */
function toEnvFile(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${value.replaceAll("'", '\\u0027')}'\n`)
    .join('');
}

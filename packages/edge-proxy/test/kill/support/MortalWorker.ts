import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readD1Migrations } from '@cloudflare/vitest-plugin';
import type { Figures } from '../../../src/deliver/figures/readFigures.ts';
import type { Item } from '../../../src/map/item.ts';
import { testSecrets } from '../../workerd/support/settings.ts';
import { fromWrangler } from './fromWrangler.ts';

interface Bundler {
  build(options: object): Promise<unknown>;
}

const MIGRATIONS = join(import.meta.dirname, '../../../migrations');
const LOG_CHARS = 20_000;

/** The Dispatcher in a workerd process of its own. What is on its disk outlives it, and nothing else. */
export class MortalWorker {
  readonly #folder: string;
  readonly #config: object;
  #child: ChildProcess | undefined;
  #url = '';
  /** What it wrote last, over all lives. */
  log = '';

  /** `config`: as in sluice.config.jsonc. */
  constructor(folder: string, config: object) {
    this.#folder = folder;
    this.#config = config;
  }

  /** Builds it, and begins its first life. */
  async create(): Promise<void> {
    await fromWrangler<Bundler>('esbuild').build({
      entryPoints: [join(import.meta.dirname, 'entry.ts')],
      outfile: join(this.#folder, 'worker.js'),
      bundle: true,
      format: 'esm',
      target: 'es2024',
      conditions: ['workerd', 'worker', 'browser'],
      external: ['cloudflare:*', 'node:*'],
    });
    await this.start();
    const migrations = await readD1Migrations(MIGRATIONS);
    await this.#post(
      'migrate',
      migrations.flatMap(({ queries }) => queries),
    );
  }

  /** The next life, on what the last one left. Whoever asks it nothing lets it do all by itself. */
  async start(): Promise<void> {
    const vars = JSON.stringify({ SLUICE_CONFIG: JSON.stringify(this.#config), ...testSecrets });
    const child = fork(join(import.meta.dirname, 'serveWorker.ts'), [vars], {
      cwd: this.#folder,
      // A process group of its own: miniflare's workerd outlives miniflare.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log = (this.log + text).slice(-LOG_CHARS);
      });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the Worker did not start: ${this.log}`)));
    const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
    this.#url = url;
  }

  get isDead(): boolean {
    return this.#child === undefined;
  }

  /** No farewell: SIGKILL to all that it consists of. */
  kill(): void {
    if (this.#child?.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    this.#child = undefined;
  }

  /** Whether it stored the items: false where it died before it could say so, and may have stored them or not. */
  async accept(items: readonly Item[]): Promise<boolean> {
    try {
      const answer = await this.#post('accept', items);
      return ((await answer.json()) as { ok: boolean }).ok;
    } catch (error) {
      if (this.isDead) return false;
      throw error;
    }
  }

  async figures(): Promise<Figures> {
    const answer = await this.#post('figures', null);
    return (await answer.json()) as Figures;
  }

  async #post(route: string, body: unknown): Promise<Response> {
    const answer = await fetch(`${this.#url}${route}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

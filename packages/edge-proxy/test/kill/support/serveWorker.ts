import { join } from 'node:path';
import { fromWrangler } from './fromWrangler.ts';

/** The part of miniflare that is used here. */
interface Runtime {
  Miniflare: new (options: unknown) => { ready: Promise<URL> };
  convertV4MiniflareOptions(options: object): unknown;
}

// Serves worker.js of the current folder, keeps its storage there, and tells its parent where: `serveWorker.ts <vars>`.
const [vars = '{}'] = process.argv.slice(2);
// Whoever started this may be killed too, and must leave nothing behind.
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

const { Miniflare, convertV4MiniflareOptions } = fromWrangler<Runtime>('miniflare');
const runtime = new Miniflare(
  convertV4MiniflareOptions({
    modules: true,
    scriptPath: 'worker.js',
    // As in wrangler.jsonc.
    compatibilityDate: '2026-11-01',
    cf: false,
    host: '127.0.0.1',
    port: 0,
    bindings: JSON.parse(vars),
    durableObjects: { DISPATCHER: { className: 'Dispatcher', useSQLite: true } },
    d1Databases: ['DB'],
    resourcePersistencePath: join(process.cwd(), 'storage'),
  }),
);
process.send?.({ url: (await runtime.ready).href });

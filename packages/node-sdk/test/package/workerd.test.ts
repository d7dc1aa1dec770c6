import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createSink } from '../support/createSink.ts';
import { serve } from '../support/serve.ts';

const HERE = fileURLToPath(new URL('../..', import.meta.url));

const WORKER = `
import { createSluice } from './core.js';
export default {
  async fetch(request, env) {
    const sluice = createSluice({ secretKey: 'sk_test', endpoint: env.ENDPOINT });
    const results = [];
    for (let n = 0; n < 100; n++) results.push(sluice.track('A', { n }, { userId: 'u' }));
    const flushed = await sluice.flush();
    return Response.json({ flushed, ok: (await Promise.all(results)).every(({ ok }) => ok) });
  },
};`;

const config = (endpoint: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), (name = "core.js", esModule = embed "core.js")],
  bindings = [(name = "ENDPOINT", text = "${endpoint}")],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ["no_nodejs_compat", "no_nodejs_compat_v2"]
);
`;

/** The runtime that the proxy's wrangler brings. */
function findWorkerd(): string {
  const wrangler = createRequire(join(HERE, '../edge-proxy/package.json')).resolve('wrangler/package.json');
  return createRequire(wrangler)('workerd').default;
}

test('the core runs in a Worker without Node’s modules: one instance and one flush a request', async () => {
  const sink = createSink();
  const served = await serve(sink);
  const dir = mkdtempSync(join(tmpdir(), 'sluice-workerd-'));
  cpSync(join(HERE, 'dist/core.js'), join(dir, 'core.js'));
  writeFileSync(join(dir, 'worker.js'), WORKER);
  writeFileSync(join(dir, 'workerd.capnp'), config(served.url));
  const workerd = spawn(findWorkerd(), ['serve', '--control-fd=3', join(dir, 'workerd.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  onTestFinished(async () => {
    workerd.kill('SIGKILL');
    await served.close();
    rmSync(dir, { recursive: true });
  });
  const [said] = await once(workerd.stdio[3] as NodeJS.ReadableStream, 'data');
  const { port } = JSON.parse(String(said).trim().split('\n')[0] ?? '');
  const answers = await Promise.all([1, 2].map(async () => (await fetch(`http://127.0.0.1:${port}/`)).json()));
  expect([answers, sink.stored.size, sink.requests.every(({ wasGzip }) => wasGzip)]).toEqual([
    [
      { flushed: { ok: true }, ok: true },
      { flushed: { ok: true }, ok: true },
    ],
    200,
    true,
  ]);
});

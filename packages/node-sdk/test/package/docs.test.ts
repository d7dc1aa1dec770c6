import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createSink } from '../support/createSink.ts';
import { serve } from '../support/serve.ts';

const HERE = fileURLToPath(new URL('../..', import.meta.url));
const ROOT = join(HERE, '../..');

/** Calls what a platform would call. */
const RUN = `
const snippet = await import(process.argv[2]);
await snippet.handler?.({ orderId: '1001', email: 'ada@example.com' });
const promises = [];
await snippet.default?.fetch(new Request('https://shop.example/'), { SLUICE_SECRET_KEY: 'sk_demo' }, { waitUntil: (promise) => promises.push(promise) });
await Promise.all(promises);
`;

test('every snippet of docs/node.md compiles, runs and delivers', { timeout: 60_000 }, async () => {
  const sink = createSink();
  const served = await serve(sink);
  const dir = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  onTestFinished(async () => {
    await served.close();
    rmSync(dir, { recursive: true });
  });
  mkdirSync(join(dir, 'node_modules/@sluice'), { recursive: true });
  symlinkSync(HERE, join(dir, 'node_modules/@sluice/node'));
  symlinkSync(join(ROOT, 'node_modules/@types'), join(dir, 'node_modules/@types'));
  const page = readFileSync(join(ROOT, 'docs/node.md'), 'utf8');
  const snippets = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) =>
    code.replaceAll('https://events.example.com', served.url).replaceAll('/var/lib/shop/sluice', join(dir, 'spool')),
  );
  const files = snippets.map((code, at) => {
    const file = join(dir, `${at}.mts`);
    writeFileSync(file, code);
    return file;
  });
  writeFileSync(join(dir, 'run.mjs'), RUN);
  const flags = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--skipLibCheck',
    '--ignoreConfig',
    '--types',
    'node',
  ];
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...flags, ...files], {
    cwd: dir,
    encoding: 'utf8',
    stdio: 'pipe',
  });

  const outcomes: unknown[] = [];
  for (const file of files) {
    const before = sink.stored.size;
    const child = spawn(process.execPath, [join(dir, 'run.mjs'), file], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [[code, signal], errors] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    outcomes.push([code ?? signal, errors, sink.stored.size - before]);
  }
  // The last one exits on the spot: its event is in the spool, for the next start.
  const sent = [1, 1, 1, 3, 1, 1, 1, 0];
  expect(outcomes).toEqual(sent.map((count) => [0, '', count]));
});

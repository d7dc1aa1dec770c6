import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const HERE = fileURLToPath(new URL('../..', import.meta.url));
const MAX_INSTALLED_BYTES = 500_000;

/** A project that has installed the package: what would be published, and nothing around it. */
function install(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-package-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const target = join(dir, 'node_modules/@sluice/node');
  mkdirSync(target, { recursive: true });
  for (const name of ['package.json', ...manifest.files])
    cpSync(join(HERE, name), join(target, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

const USE = `
const sluice = createSluice({ secretKey: 'sk_test', endpoint: 'https://events.example.com', handleExit: false });
console.log(typeof sluice.track, sluice.waiting);`;

test('is imported and required, whole and as its core', () => {
  const dir = install({
    'a.mjs': `import { createSluice } from '@sluice/node';${USE}`,
    'b.cjs': `const { createSluice } = require('@sluice/node');${USE}`,
    'c.mjs': `import { createSluice } from '@sluice/node/core';${USE}`,
    'd.cjs': `const { createSluice } = require('@sluice/node/core');${USE}`,
  });
  const said = ['a.mjs', 'b.cjs', 'c.mjs', 'd.cjs'].map((name) =>
    execFileSync(process.execPath, [join(dir, name)], { encoding: 'utf8' }),
  );
  expect(said).toEqual(Array(4).fill('function 0\n'));
});

test('installs nothing else, runs nothing at installation, and stays small', () => {
  const dist = join(HERE, 'dist');
  const bytes = readdirSync(dist).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  console.log(`@sluice/node: ${bytes} bytes installed of ${MAX_INSTALLED_BYTES}`);
  const { dependencies, optionalDependencies, scripts } = manifest as unknown as Record<
    string,
    Record<string, string> | undefined
  >;
  expect([
    dependencies,
    optionalDependencies,
    scripts?.postinstall,
    scripts?.install,
    bytes < MAX_INSTALLED_BYTES,
  ]).toEqual([undefined, undefined, undefined, undefined, true]);
});

test.for(['core.js', 'core.cjs'])('%s has nothing of Node, and no file has zod', (name) => {
  const text = readFileSync(join(HERE, 'dist', name), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  expect(
    ['node:', 'require(', 'process.', ' Buffer', '__dirname', 'zod', '__VERSION__'].filter((word) =>
      text.includes(word),
    ),
  ).toEqual([]);
});

test('declares its types in files that import nothing', { timeout: 40_000 }, () => {
  const use = `
    import { createSluice, type CommerceEvents, type Dropped, type Sluice, type TrackResult } from '@sluice/node';
    const sluice: Sluice = createSluice({ secretKey: 'sk_demo', endpoint: 'https://events.example.com', spool: '/tmp/x' });
    sluice.on('dropped', ({ reason, messageId }: Dropped) => reason + messageId);
    export const done: Promise<TrackResult> = sluice.track('Order Completed', { order_id: '1' }, { userId: 'u', country: 'DE' });
    // @ts-expect-error a price is a number
    sluice.track('Product Added', { price: '19.90' }, { userId: 'u' });
    export type Mine = CommerceEvents;
  `;
  const dir = install({ 'a.mts': use, 'b.cts': use });
  const tsc = join(HERE, '../../node_modules/.bin/tsc');
  const flags = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--ignoreConfig',
    '--types',
    '',
  ];
  expect(() =>
    execFileSync(tsc, [...flags, join(dir, 'a.mts'), join(dir, 'b.cts')], { encoding: 'utf8', stdio: 'pipe' }),
  ).not.toThrow();
});

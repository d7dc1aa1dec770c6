import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, inject, it, onTestFinished } from 'vitest';
import type { createSluice } from '../../src/index.ts';

const bundles = inject('bundles');
const script = bundles['sluice.min.js'] ?? '';
const module = bundles['index.js'] ?? '';

/** Raised only together with the feature that needs it. */
const MAX_GZIP_BYTES = 4308;

const MAX_ADAPTER_GZIP_BYTES = 500;
const ADAPTERS = ['consent-mode', 'tcf', 'onetrust', 'cookiebot', 'shopify-privacy', 'shopify-cart', 'klaviyo'];

/** The compiler is a process of its own, which takes seconds of CPU: on a busy machine more than Vitest's five. */
const COMPILER_TIMEOUT_MS = 20_000;

function makeFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('stays within its size budget', () => {
  const bytes = gzipSync(script, { level: 9 }).length;
  console.log(`sluice.min.js: ${script.length} bytes, ${bytes} gzip of ${MAX_GZIP_BYTES}`);
  expect(bytes).toBeLessThanOrEqual(MAX_GZIP_BYTES);
});

it.each(ADAPTERS)('keeps %s under 500 bytes, and nothing of the SDK in it', (name) => {
  const adapter = bundles[`${name}.js`] ?? '';
  expect({
    isSmall: gzipSync(adapter, { level: 9 }).length < MAX_ADAPTER_GZIP_BYTES,
    isThere: adapter.includes('export{'),
    strange: ['import', 'localStorage', 'keepalive', 'zod'].filter((word) => adapter.includes(word)),
    types: bundles[`${name}.d.ts`]?.includes('export declare function'),
  }).toEqual({ isSmall: true, isThere: true, strange: [], types: true });
});

it('publishes the hash of the script as it is', () => {
  const { integrity } = JSON.parse(bundles['integrity.json'] ?? '{}')['sluice.min.js'];
  const hash = `sha384-${createHash('sha384').update(script).digest('base64')}`;
  expect([integrity, bundles['snippet.html']?.includes(hash)]).toEqual([hash, true]);
});

it('promises no other size in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme.match(/[\d,]+ bytes gzipped/g)).toEqual([`${MAX_GZIP_BYTES.toLocaleString('en-US')} bytes gzipped`]);
});

it.each([
  'zod',
  'import',
  'require(',
  'process.env',
  '__VERSION__',
  'eval(',
  'innerHTML',
  'dataLayer',
  'OneTrust',
  '_learnq',
  'Shopify',
  'seenUrl',
])('contains no %s', (name) => {
  expect({ script: script.includes(name), module: module.includes(name) }).toEqual({ script: false, module: false });
});

it('defines one global, sluice', () => {
  const window: { sluice?: object } = {};
  new Function('window', 'document', script)(window, {});
  expect([Object.keys(window), Object.keys(window.sluice ?? {})]).toEqual([
    ['sluice'],
    ['createSluice', 'load', 'push'],
  ]);
});

it('does nothing on a server, and throws nothing', async () => {
  const folder = makeFolder({ 'index.mjs': module });
  const server: { createSluice: typeof createSluice } = await import(/* @vite-ignore */ join(folder, 'index.mjs'));
  const sluice = server.createSluice({ writeKey: 'wk_test', endpoint: 'https://events.example.com' });
  sluice.page();
  sluice.track('a');
  sluice.identify('user-7');
  sluice.consent({ marketing: true });
  sluice.reset();
  await sluice.flush();
  expect([sluice.consentState(), sluice.anonymousId(), await sluice.subscribe({ email: 'ada@example.com' })]).toEqual([
    'unknown',
    null,
    { ok: false, code: 'browser_required', message: expect.any(String) },
  ]);
});

it('declares its types in one file that imports nothing', { timeout: COMPILER_TIMEOUT_MS }, () => {
  const folder = makeFolder({
    'index.d.ts': bundles['index.d.ts'] ?? '',
    'use.ts': `
      import { createSluice, type Dropped, type Sluice, type SubscribeResult } from './index.js';
      const sluice: Sluice = createSluice({ writeKey: 'wk_demo', endpoint: 'https://events.example.com' });
      sluice.track('Product Added', { price: 1 });
      const drop = ({ reason, messageId, event }: Dropped): string => reason + messageId + (event ?? '');
      sluice.on('dropped', drop);
      // @ts-expect-error the event has a name
      sluice.track();
      export const done: Promise<SubscribeResult> = sluice.subscribe({ email: 'ada@example.com' });
    `,
  });
  const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
  const flags = ['--strict', '--noEmit', '--module', 'preserve', '--ignoreConfig', '--types', ''];
  expect(() => execFileSync(tsc, [...flags, join(folder, 'use.ts')], { encoding: 'utf8' })).not.toThrow();
});

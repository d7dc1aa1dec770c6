import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveEmulator } from '../src/node.ts';

// docs/emulator.md is tried as it stands: what it shows is what runs here.

const run = promisify(execFile);
const PACKAGE = join(import.meta.dirname, '..');
let guide = '';
let folder = '';

beforeAll(async () => {
  guide = await readFile(join(PACKAGE, '../../docs/emulator.md'), 'utf8');
  // Inside the package, whose own name leads back to it.
  folder = await mkdtemp(join(PACKAGE, '.guide-'));
});

afterAll(() => rm(folder, { recursive: true }));

function blocks(language: string): string[] {
  return [...guide.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
}

test('the tests that the guide shows pass', async () => {
  const file = join(folder, 'klaviyo.test.mjs');
  await writeFile(file, blocks('js').join('\n'));
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file]);
  expect(stdout.match(/^# (?:pass|fail) \d+$/gm)).toEqual(['# pass 3', '# fail 0']);
});

test('the calls that the guide shows are taken, and have the effects that it tells of', async () => {
  const served = await serveEmulator();
  const [calls = ''] = blocks('sh').filter((code) => code.includes('curl'));
  await run('bash', ['-euc', calls.replace('http://127.0.0.1:8790', served.url)]);
  const { now, profiles } = served.emulator.state();
  await served.close();
  expect([now, profiles.map(({ email, consent }) => [email, consent.email.consent])]).toEqual([
    '2026-11-28T08:00:00+00:00',
    [['ada@example.com', 'UNSUBSCRIBED']],
  ]);
});

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseConfig } from '@sluice/shared';
import { expect, test } from 'vitest';
import { refuseDemo } from '../deploy/refuseDemo.ts';
import { writeWranglerConfig } from '../deploy/writeWranglerConfig.ts';
import { runNode } from './runNode.ts';

test("does not deploy the repository's own configuration: exit code 1 before wrangler runs", () => {
  expect(runNode('scripts/deploy.ts')).toEqual({
    code: 1,
    said: 'sluice.config.jsonc: give the source "web" a write key of its own.\n',
  });
});

test.for(['http://localhost:8789', 'http://shop.localhost', 'http://127.0.0.1:8789', 'https://[::1]'])(
  'refuses the origin %s',
  (origin) => {
    expect(() => refuseDemo(configOf('wk_own_key', origin))).toThrow(
      `"web" still has the origins ${origin}; put the shop's in their place.`,
    );
  },
);

test.for(['https://shop.example', 'https://localhost.example', '*'])('lets %s pass', (origin) => {
  expect(() => refuseDemo(configOf('wk_own_key', origin))).not.toThrow();
});

test("refuses the demo's key with any origin", () => {
  expect(() => refuseDemo(configOf('wk_demo', 'https://shop.example'))).toThrow('a write key of its own');
});

const PROXY_DIR = join(import.meta.dirname, '../../packages/edge-proxy');

test('deploys one queue with the configuration as it stands', () => {
  expect(basename(writeWranglerConfig(PROXY_DIR, 1))).toBe('wrangler.jsonc');
});

test('deploys three queues with a binding and a consumer each, alike, as wrangler understands them', () => {
  const path = writeWranglerConfig(PROXY_DIR, 3);
  const queues = JSON.parse(readFileSync(path, 'utf8')).queues;
  const wrangler = join(PROXY_DIR, 'node_modules/.bin/wrangler');
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  const dryRun = ['deploy', '--dry-run', '--config', path];
  const { status, stdout } = spawnSync(wrangler, dryRun, { cwd: PROXY_DIR, encoding: 'utf8', env });
  rmSync(path);
  const alike = { max_batch_size: 100, max_batch_timeout: 1, max_retries: 100, dead_letter_queue: 'sluice-ingest-dlq' };
  expect([status, stdout.match(/env\.INGEST\w* \(([\w-]+)\)/g), queues.consumers]).toEqual([
    0,
    ['env.INGEST (sluice-ingest)', 'env.INGEST_2 (sluice-ingest-2)', 'env.INGEST_3 (sluice-ingest-3)'],
    [
      { queue: 'sluice-ingest', ...alike },
      expect.objectContaining({ queue: 'sluice-ingest-dlq' }),
      { queue: 'sluice-ingest-2', ...alike },
      { queue: 'sluice-ingest-3', ...alike },
    ],
  ]);
});

function configOf(writeKey: string, origin: string) {
  const parsed = parseConfig({ sources: [{ id: 'web', kind: 'public', writeKey, origins: [origin] }] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

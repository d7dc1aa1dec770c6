import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { refuseDemo } from './deploy/refuseDemo.ts';
import { writeWranglerConfig } from './deploy/writeWranglerConfig.ts';
import { readConfig } from './stack/readConfig.ts';
import { runToEnd } from './stack/runToEnd.ts';

// Deploys the proxy with sluice.config.jsonc. What follows the command goes to wrangler: `npm run deploy:proxy -- --dry-run`.

const ROOT = join(import.meta.dirname, '..');
const PROXY_DIR = join(ROOT, 'packages/edge-proxy');

try {
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const wranglerArgs = process.argv.slice(2);
  if (!wranglerArgs.includes('--dry-run')) refuseDemo(config);
  // What the proxy serves of the SDK is a part of the deploy.
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  await runToEnd('turbo', ['run', 'build', '--filter=@sluice/browser'], { cwd: ROOT, env });
  const wranglerConfig = writeWranglerConfig(PROXY_DIR, config.ingest.queues);
  const settings = ['--config', wranglerConfig, '--var', `SLUICE_CONFIG:${JSON.stringify(config)}`];
  const args = ['deploy', '--minify', ...settings, ...wranglerArgs];
  const { status, error } = spawnSync(join(PROXY_DIR, 'node_modules/.bin/wrangler'), args, {
    cwd: PROXY_DIR,
    stdio: 'inherit',
  });
  if (error) throw error;
  process.exit(status ?? 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

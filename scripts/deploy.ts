import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { refuseDemo } from './deploy/refuseDemo.ts';
import { readConfig } from './stack/readConfig.ts';

// Deploys the proxy with sluice.config.jsonc. What follows the command goes to wrangler: `npm run deploy:proxy -- --dry-run`.

const ROOT = join(import.meta.dirname, '..');
const PROXY_DIR = join(ROOT, 'packages/edge-proxy');

try {
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const wranglerArgs = process.argv.slice(2);
  if (!wranglerArgs.includes('--dry-run')) refuseDemo(config);
  const args = ['deploy', '--minify', '--var', `SLUICE_CONFIG:${JSON.stringify(config)}`, ...wranglerArgs];
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

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Config } from '@sluice/shared';
import { readConfig } from './stack/readConfig.ts';

// Deploys the proxy with sluice.config.jsonc. What follows the command goes to wrangler: `pnpm deploy:proxy --dry-run`.

const ROOT = new URL('..', import.meta.url).pathname;
const PROXY_DIR = join(ROOT, 'packages/edge-proxy');

try {
  const config = await readConfig(join(ROOT, 'sluice.config.jsonc'));
  const wranglerArgs = process.argv.slice(2);
  if (!wranglerArgs.includes('--dry-run')) refuseDemo(config);
  const args = ['deploy', '--minify', '--var', `SLUICE_CONFIG:${JSON.stringify(config)}`, ...wranglerArgs];
  const { status } = spawnSync(join(PROXY_DIR, 'node_modules/.bin/wrangler'), args, {
    cwd: PROXY_DIR,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** The demo's key and origins would let anyone's machine send events as the shop. */
function refuseDemo({ sources }: Config): void {
  for (const source of sources) {
    if (source.kind !== 'public') continue;
    const local = source.origins.filter((origin) => /\/\/(localhost|127\.)/.test(origin));
    if (source.writeKey === 'wk_demo')
      throw new Error(`sluice.config.jsonc: give the source "${source.id}" a write key of its own.`);
    if (local.length > 0)
      throw new Error(
        `sluice.config.jsonc: "${source.id}" still has the origins ${local.join(', ')}; put the shop's in their place.`,
      );
  }
}

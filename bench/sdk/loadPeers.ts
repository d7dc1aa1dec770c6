import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sdk } from '../../packages/browser-sdk/test/support/reliability/sdk.ts';
import { PEERS } from './peers.ts';

/**
 * Installs the peers from the registry into a folder that is gone afterwards, and bundles each as a shop would. They are
 * no dependency of the workspace: nobody who installs it should download what only this bench compares with.
 */
export function loadPeers(): Sdk[] {
  const { buildSync } = createRequire(join(import.meta.dirname, '../../packages/browser-sdk/package.json'))('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'sluice-peers-'));
  try {
    const wanted = PEERS.flatMap(({ packages }) =>
      Object.entries(packages).map(([name, version]) => `${name}@${version}`),
    );
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
      cwd: folder,
      stdio: 'ignore',
    });
    return PEERS.map(({ name, source, settings }) => ({
      name,
      script: buildSync({
        stdin: { contents: source, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: 'es2021',
        define: { 'process.env.NODE_ENV': '"production"' },
      }).outputFiles[0].text,
      start: 'peer.start(endpoint)',
      track: 'peer.track(name)',
      ...(settings && { settings }),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

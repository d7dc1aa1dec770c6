import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Builds the Worker as a deploy would, without one, and holds its size and contents to what is promised.

/** Ours: small enough to start in milliseconds; Cloudflare's own limit is 3 MB on the free plan. */
const MAX_GZIP_BYTES = 150 * 1024;
/** 2.2 MB that the Worker must never carry, and zod where zod/mini is meant: a name is exact where bytes drift. */
const MUST_NOT_APPEAR = ['klaviyo-api', 'AxiosError', '"ZodString"'];

const packageDir = join(import.meta.dirname, '..');
const outDir = mkdtempSync(join(tmpdir(), 'sluice-bundle-'));
const wrangler = join(packageDir, 'node_modules/.bin/wrangler');
const build = spawnSync(wrangler, ['deploy', '--dry-run', '--minify', '--outdir', outDir], {
  cwd: packageDir,
  encoding: 'utf8',
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
});
if (build.status !== 0) throw new Error(`wrangler deploy --dry-run failed:\n${build.stdout}${build.stderr}`);
const code = readFileSync(join(outDir, 'index.js'));
rmSync(outDir, { recursive: true });

const gzipBytes = gzipSync(code).byteLength;
console.log(`The Worker: ${code.byteLength} bytes, ${gzipBytes} gzip, of at most ${MAX_GZIP_BYTES}.`);
const unwanted = MUST_NOT_APPEAR.filter((name) => code.includes(name));
if (unwanted.length > 0) throw new Error(`the bundle must not contain: ${unwanted.join(', ')}`);
if (gzipBytes > MAX_GZIP_BYTES) throw new Error(`the bundle has ${gzipBytes} bytes gzip, more than ${MAX_GZIP_BYTES}`);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { type WranglerConfig, withQueues } from './withQueues.ts';

/** Stands beside wrangler.jsonc, since its paths are relative to it; git ignores it. */
const GENERATED = 'wrangler.generated.json';

/**
 * The path of the wrangler configuration for so many ingest queues: wrangler.jsonc itself for one, else a copy with the
 * others in it. It names queues; it creates none.
 */
export function writeWranglerConfig(proxyDir: string, queues: number): string {
  const path = join(proxyDir, 'wrangler.jsonc');
  if (queues === 1) return path;
  const config = parse(readFileSync(path, 'utf8')) as WranglerConfig;
  const generated = join(proxyDir, GENERATED);
  writeFileSync(generated, `${JSON.stringify(withQueues(config, queues), null, 2)}\n`);
  return generated;
}

import { join } from 'node:path';
import type { Bench } from './Bench.ts';
import { benchConsent } from './consent.ts';
import { benchCost } from './cost.ts';
import { benchDelivery } from './delivery.ts';
import { benchEmulator } from './emulator.ts';
import { benchIngest } from './ingest.ts';
import { benchNode } from './node.ts';
import { benchSdk } from './sdk.ts';
import { writeResult } from './writeResult.ts';

// `npm run bench` runs them all, `npm run bench -- emulator` one. Exits with 1 where a figure misses its target.

const ROOT = join(import.meta.dirname, '..');

const BENCHES: Record<string, Bench> = {
  emulator: benchEmulator,
  ingest: benchIngest,
  delivery: benchDelivery,
  consent: benchConsent,
  cost: benchCost,
  node: benchNode,
  sdk: benchSdk,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) {
  console.error(`There is no bench '${unknown}': ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

const misses: string[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const result = await bench();
  await writeResult(ROOT, name, result);
  console.log(`\n── ${name}`);
  console.table(result.rows.map((row) => Object.fromEntries(result.columns.map((column, at) => [column, row[at]]))));
  misses.push(...result.misses);
}
for (const miss of misses) console.error(`✗ ${miss}`);
process.exit(misses.length > 0 ? 1 : 0);

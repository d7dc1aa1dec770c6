import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';

const BUILT = ['packages/browser-sdk/dist/edge/sluice.js', 'packages/klaviyo-emulator/dist/cli.js'];

/** The stack runs built files; without them it would fail later, and less clearly. */
export function requireBuilds(): void {
  const missing = BUILT.filter((path) => !existsSync(join(ROOT, path)));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run "pnpm build" first.`);
}

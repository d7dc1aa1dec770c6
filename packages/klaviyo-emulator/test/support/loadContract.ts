import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contract, compileContract } from './compileContract.ts';

/** Undefined, loudly, where KLAVIYO_OPENAPI_DIR is unset; in CI that is an error. */
export function loadContract(): Contract | undefined {
  const folder = process.env.KLAVIYO_OPENAPI_DIR;
  const file = folder === undefined ? undefined : join(folder, 'openapi-subset.json');
  if (file === undefined || !existsSync(file)) {
    const message = `KLAVIYO_OPENAPI_DIR (${folder ?? 'unset'}) holds no openapi-subset.json: CONTRACT TESTS SKIPPED`;
    if (process.env.CI) throw new Error(message);
    console.warn(`\n*** ${message} ***\n`);
    return undefined;
  }
  return compileContract(JSON.parse(readFileSync(file, 'utf8')));
}

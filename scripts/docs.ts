import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrokenPaths } from './docs/findBrokenPaths.ts';
import { findStaleFigures } from './docs/findStaleFigures.ts';
import { renderCommerceEvents, renderCommerceSchema } from './docs/renderCommerceEvents.ts';
import { renderConsent } from './docs/renderConsent.ts';
import { renderErrors } from './docs/renderErrors.ts';
import { renderEvents } from './docs/renderEvents.ts';
import { renderSdkSizes } from './docs/renderSdkSizes.ts';

// Writes the documents that are made from code, and checks that the others cite only what exists, and what
// was measured as it was measured.
// `node scripts/docs.ts` writes; with `--check` it only compares.

const ROOT = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const problems: string[] = [];

const written = {
  'docs/consent.md': renderConsent(),
  'docs/errors.md': renderErrors(),
  'docs/events.md': renderEvents(),
  'docs/commerce-events.schema.json': renderCommerceSchema(),
  'packages/shared/src/plan/commerceEvents.generated.ts': await renderCommerceEvents(),
  ...(await renderSdkSizes(ROOT)),
};

for (const [path, text] of Object.entries(written)) {
  const current = await readFile(join(ROOT, path), 'utf8').catch(() => '');
  if (current === text) continue;
  if (check) problems.push(`${path} is not what the code says: run node scripts/docs.ts`);
  else await writeFile(join(ROOT, path), text);
}
problems.push(...(await findBrokenPaths(ROOT)), ...(await findStaleFigures(ROOT)));

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { StageResult } from '../test.ts';

/** Writes what the long run measured to docs/results/test-long.md. */
export async function writeResults(root: string, results: readonly StageResult[]): Promise<void> {
  const rows = results.map(
    ({ name, passed, failed, skipped, seconds }) =>
      `| ${name} | ${passed} | ${failed} | ${skipped} | ${seconds.toFixed(0)} |`,
  );
  const text = `# The long run

Written by \`npm run test:long\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores.

| stage | passed | failed | skipped | seconds |
|---|---|---|---|---|
${rows.join('\n')}
`;
  await mkdir(join(root, 'docs/results'), { recursive: true });
  await writeFile(join(root, 'docs/results/test-long.md'), text);
}

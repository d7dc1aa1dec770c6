import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from './Bench.ts';

/** Writes what a bench measured to docs/results/bench-<name>.md. */
export async function writeResult(root: string, name: string, result: BenchResult): Promise<void> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const text = `# ${result.title}

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores.

${result.method}

${line(result.columns)}
|${'---|'.repeat(result.columns.length)}
${result.rows.map(line).join('\n')}
`;
  await mkdir(join(root, 'docs/results'), { recursive: true });
  await writeFile(join(root, `docs/results/bench-${name}.md`), text);
}

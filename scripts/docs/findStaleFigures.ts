import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Rows of tables in the guides that quote a row of docs/results, by its first cell, and no longer say the same. */
export async function findStaleFigures(root: string): Promise<string[]> {
  const results = await readTables(join(root, 'docs/results'));
  const measured = new Map(results.map(({ cells: [name = '', ...rest] }) => [name, rest]));
  const quoted = await readTables(join(root, 'docs'));
  return quoted.flatMap(({ file, cells: [name = '', ...rest] }) => {
    const figures = measured.get(name);
    if (!figures || rest.every((cell) => figures.includes(cell))) return [];
    return [`docs/${file} quotes "${name}" otherwise than docs/results does: ${figures.join(' | ')}`];
  });
}

/** The rows of all tables in a folder's documents, without their headings. */
async function readTables(folder: string): Promise<{ file: string; cells: string[] }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return files.flatMap((file, index) => {
    const lines = (texts[index] ?? '').split('\n');
    const rows = lines.filter((line, at) => line.startsWith('| ') && !lines[at + 1]?.startsWith('|--'));
    return rows.map((row) => ({
      file,
      cells: row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    }));
  });
}

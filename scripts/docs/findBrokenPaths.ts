import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Paths that the Markdown files link to, or name between backticks, and that do not exist. */
export async function findBrokenPaths(root: string): Promise<string[]> {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter(Boolean);
  const broken = await Promise.all(
    files.filter((file) => existsSync(join(root, file))).map((file) => brokenIn(root, file)),
  );
  return broken.flat();
}

/** `packages/…`, `docs/…` and the like, from the root; what a build makes is not in the tree. */
const CITED = /`((?:packages|examples|e2e|scripts|docs|bench)\/[\w./-]+)`/g;
const LINKED = /\]\((?!https?:|#)([^)#\s]+)/g;

async function brokenIn(root: string, file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8');
  const linked = [...text.matchAll(LINKED)].map(([, path = '']) => join(dirname(file), path));
  const cited = [...text.matchAll(CITED)].map(([, path = '']) => path).filter((path) => !path.includes('/dist/'));
  return [...linked, ...cited]
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${file} names ${path}, which does not exist`);
}

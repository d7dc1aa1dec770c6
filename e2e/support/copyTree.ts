import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.ts';

export interface Copy {
  /** The tree as a fresh clone has it, plus what is not committed yet. Nothing is installed or built. */
  dir: string;
  /** An empty home, and so no cache, store or settings of whoever runs this. */
  home: string;
  remove(): Promise<void>;
}

/** Copies the repository into a folder whose name has a space, a percent sign and an umlaut. */
export async function copyTree(): Promise<Copy> {
  const parent = await mkdtemp(join(tmpdir(), 'sluice-e2e-'));
  const dir = join(parent, 'Ebbe und Flüt 5% neu');
  const home = await mkdtemp(join(parent, 'home-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
  await Promise.all(files.map((file) => cp(join(ROOT, file), join(dir, file))));
  return { dir, home, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }) };
}

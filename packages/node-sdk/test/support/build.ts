import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What processes and packages are tested with is what is published. */
export default function build(): void {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(`${here}node_modules/.bin/rollup`, ['-c', '--silent'], { cwd: here, stdio: 'inherit' });
}

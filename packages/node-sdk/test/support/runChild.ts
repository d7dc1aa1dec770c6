import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

export function startChild(url: string, dir: string, end: string) {
  return spawn(process.execPath, [CHILD, url, dir, end], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the back end of child.js to its end. */
export async function runChild(url: string, dir: string, end: string) {
  const child = startChild(url, dir, end);
  const [[code, signal], errors] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  return { ended: code ?? signal, errors };
}

import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const CHUNK_CHARS = 1_000_000;
// Webhook secrets and personal data are in it.
const OWNER_ONLY = 0o600;

/** Replaces a file whole, by one with a value in JSON on every line: what breaks off in the middle leaves the old one. */
export function writeRows(path: string, rows: Iterable<unknown>): void {
  const next = `${path}.next`;
  try {
    rmSync(next, { force: true });
    const file = openSync(next, 'wx', OWNER_ONLY);
    try {
      let text = '';
      for (const row of rows) {
        text += `${JSON.stringify(row)}\n`;
        if (text.length < CHUNK_CHARS) continue;
        writeFileSync(file, text);
        text = '';
      }
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
    renameSync(next, path);
  } catch (error) {
    // A full disk has no room for half a state.
    rmSync(next, { force: true });
    throw error;
  }
}

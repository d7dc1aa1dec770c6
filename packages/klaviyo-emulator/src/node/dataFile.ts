import { readFileSync, renameSync, writeFileSync } from 'node:fs';

interface DataFile {
  /** Undefined where there is no file yet. Throws where there is one that is no JSON. */
  read(): unknown;
  /** Saves soon; many calls in a row become one write. */
  touch(): void;
  /** Saves now what is not saved yet. */
  flush(): void;
}

const QUIET_MS = 300;
// A large state takes long to write; at most a tenth of the time may go into it.
const REST_PER_WRITE = 10;

/** State in one file, replaced whole: a crash in the middle of a write leaves the old file. */
export function openDataFile(path: string, content: () => unknown): DataFile {
  let timer: NodeJS.Timeout | undefined;
  let lastWriteMs = 0;
  function flush() {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    const startMs = performance.now();
    const next = `${path}.next`;
    writeFileSync(next, JSON.stringify(content()));
    renameSync(next, path);
    lastWriteMs = performance.now() - startMs;
  }
  return {
    read() {
      try {
        return JSON.parse(readFileSync(path, 'utf8'));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        const reason = error instanceof Error ? error.message : 'unknown';
        throw new Error(`Cannot read ${path}: ${reason}. Delete the file to start with an empty emulator.`);
      }
    },
    touch() {
      timer ??= setTimeout(flush, Math.max(QUIET_MS, lastWriteMs * REST_PER_WRITE));
    },
    flush,
  };
}

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Snapshot } from '../state/snapshot.ts';
import { joinRows } from './joinRows.ts';
import { listRows } from './listRows.ts';
import { readRows } from './readRows.ts';
import { writeRows } from './writeRows.ts';

interface DataFile {
  /** Undefined where there is no file yet. Throws with the reason where it holds no state of this version. */
  read(): Snapshot | undefined;
  /** Saves soon; many calls in a row become one write. What fails is said once, and tried again. */
  touch(): void;
  /** Saves now what is not saved yet. Throws with the reason where that fails. */
  flush(): void;
}

const QUIET_MS = 300;
// A large state takes long to write; at most a fifth of the time may go into it.
const REST_PER_WRITE = 4;
const RETRY_MS = 5000;
const ADVICE = ' Delete the file to start with an empty emulator.';

/** State in one file, replaced whole. Throws with the reason where nothing can be written there. */
export function openDataFile(path: string, content: () => Snapshot): DataFile {
  let timer: NodeJS.Timeout | undefined;
  let restUntilMs = 0;
  let failing = false;

  function save(): void {
    const startMs = performance.now();
    naming({ what: `Cannot write ${path}` }, () => writeRows(path, listRows(content())));
    const endMs = performance.now();
    restUntilMs = endMs + (endMs - startMs) * REST_PER_WRITE;
    failing = false;
  }

  function saveOrRetry(): void {
    timer = undefined;
    try {
      save();
    } catch (error) {
      timer = setTimeout(saveOrRetry, RETRY_MS);
      if (!failing) console.error(`klaviyo-emulator: ${messageOf(error)}. It runs on, and tries again.`);
      failing = true;
    }
  }

  naming({ what: `Cannot write ${path}` }, () => tryWriting(path));
  return {
    read: () =>
      existsSync(path)
        ? naming({ what: `Cannot read ${path}`, advice: ADVICE }, () => joinRows(readRows(path)))
        : undefined,
    touch() {
      timer ??= setTimeout(saveOrRetry, Math.max(QUIET_MS, restUntilMs - performance.now()));
    },
    flush() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      save();
    },
  };
}

/** A file beside it, since the data file itself stays as it is until there is something to save. */
function tryWriting(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const trial = `${path}.trial`;
  writeRows(trial, []);
  rmSync(trial);
}

function naming<T>({ what, advice = '' }: { what: string; advice?: string }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${what}: ${messageOf(error)}${advice}`, { cause: error });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

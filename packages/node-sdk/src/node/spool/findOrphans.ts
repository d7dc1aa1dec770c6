import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isOrphaned } from './isOrphaned.ts';
import { type FREE, type Owner, parseName, readStart } from './owner.ts';

/** The segments in a folder that nobody will send, oldest first. */
export function findOrphans(dir: string, here: Owner, nowMs: number): string[] {
  const files = readdirSync(dir).flatMap((name) => {
    const owner = parseName(name);
    const touchedMs = owner && readTouched(join(dir, name));
    return owner && touchedMs !== undefined ? [{ name, owner, touchedMs }] : [];
  });
  const keyOf = (owner: Owner | typeof FREE) => JSON.stringify(owner);
  const touched = new Map<string, number>();
  for (const { owner, touchedMs } of files)
    touched.set(keyOf(owner), Math.max(touchedMs, touched.get(keyOf(owner)) ?? 0));

  const mine = keyOf(here);
  const verdicts = new Map<string, boolean>([[mine, false]]);
  const judge = (owner: Owner | typeof FREE) => {
    const key = keyOf(owner);
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = isOrphaned(owner, { here, startOf: readStart, touchedMs: touched.get(key) ?? 0, nowMs });
    verdicts.set(key, verdict);
    return verdict;
  };
  return files
    .filter(({ owner }) => judge(owner))
    .sort((a, b) => a.touchedMs - b.touchedMs)
    .map(({ name }) => join(dir, name));
}

/** Undefined for a file that another process has taken meanwhile. */
function readTouched(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

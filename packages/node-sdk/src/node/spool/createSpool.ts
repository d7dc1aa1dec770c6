import { mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  DEFAULT_MAX_SPOOL_BYTES,
  FSYNC_INTERVAL_MS,
  HEARTBEAT_MS,
  MAX_SEGMENT_RECORDS,
  MIN_RECYCLE_BYTES,
} from '../../limits.ts';
import type { SpoolOptions, Store } from '../../types.ts';
import { createAppender } from './createAppender.ts';
import { createSegments } from './createSegments.ts';
import { findOrphans } from './findOrphans.ts';
import { describeSelf, FREE, nameSegment, type Owner } from './owner.ts';
import { remove, seal, syncSoon } from './segment.ts';
import { settleEntries } from './settleEntries.ts';
import { takeSegment } from './takeSegment.ts';

/**
 * Entries in files of a folder, so that they survive the process. Each process appends to segments of its own, named
 * after it; a segment goes when all of it is settled. What a process left when it ended is taken over by renaming it,
 * which of several takers only one can do. An entry's number is its segment's, times the most a segment holds, plus
 * its index there.
 */
export function createSpool(
  { dir: folder, maxBytes = DEFAULT_MAX_SPOOL_BYTES, fsync = 'never' }: SpoolOptions,
  self: Owner = describeSelf(),
): Store {
  // Wherever the program goes from here.
  const dir = resolve(folder);
  const segments = createSegments(dir, self, fsync !== 'never');
  const recycleBytes = Math.min(MIN_RECYCLE_BYTES, maxBytes / 2);
  let orphans: string[] | undefined;
  let isClosed = false;

  const report = (code: string, message: string) => store.onProblem?.({ code, message });
  const fail = (what: string, error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    report('spool_failed', `${what}: ${code ?? message}`);
  };
  const append = createAppender({ segments, maxBytes, isSynced: fsync === 'always', report, fail });

  const beat = () => {
    // Taken by a process that took this one for dead, or deleted by hand. What it held is still in memory.
    if (!segments.touch(Date.now()))
      report('spool_taken', 'A segment is gone; another process may be sending the same messages, under the same ids.');
  };
  const sync = () => {
    for (const segment of segments.all())
      syncSoon(segment, (error) => fail('The spool was not forced to the disk', error));
  };
  const timers = [setInterval(beat, HEARTBEAT_MS)];
  if (fsync === 'interval') timers.push(setInterval(sync, FSYNC_INTERVAL_MS));
  for (const timer of timers) timer.unref();

  const adopt = (roomBytes: number) => {
    if (!orphans) {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      orphans = findOrphans(dir, self, Date.now());
    }
    for (let path = orphans.shift(); path !== undefined; path = orphans.shift()) {
      const taken = takeSegment({ path, ...segments.next(), roomBytes, report });
      if (taken === 'no_room') {
        orphans.unshift(path);
        return [];
      }
      if (taken === 'nothing') continue;
      const { segment, entries } = taken;
      segments.add(segment);
      return entries.map(({ index, ...entry }) => ({ number: segment.number * MAX_SEGMENT_RECORDS + index, ...entry }));
    }
    return [];
  };

  const store: Store = {
    append: (kind, text) => (isClosed ? -1 : append(kind, text)),
    settle: (numbers) => settleEntries(numbers, { segments, recycleBytes, fail }),
    search() {
      if (orphans?.length === 0) orphans = undefined;
    },
    adopt(roomBytes) {
      try {
        return isClosed ? [] : adopt(roomBytes);
      } catch (error) {
        orphans ??= [];
        fail('What earlier processes left in the spool was not read', error);
        return [];
      }
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      for (const segment of segments.all()) {
        try {
          seal(segment, fsync !== 'never' && segment.open > 0);
          segments.forget(segment);
          if (segment.open === 0) remove(segment);
          else renameSync(segment.path, join(dir, nameSegment(FREE, segment.number)));
        } catch (error) {
          fail('The spool was not closed', error);
        }
      }
    },
  };
  return store;
}

import { mkdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import {
  ADOPT_INTERVAL_MS,
  DEFAULT_MAX_SPOOL_BYTES,
  FSYNC_INTERVAL_MS,
  HEARTBEAT_MS,
  MAX_SEGMENT_BYTES,
  MAX_SEGMENT_RECORDS,
  MIN_RECYCLE_BYTES,
} from '../../limits.ts';
import type { Kind, SpoolOptions, Store, StoredEntry } from '../../types.ts';
import { encodeRecord } from './encodeRecord.ts';
import { writeEntry } from './entryPayload.ts';
import { findOrphans } from './findOrphans.ts';
import { describeSelf, FREE, nameSegment } from './owner.ts';
import { createSegment, noteSettled, remove, type Segment, seal, syncNow, syncSoon, writeRecord } from './segment.ts';
import { takeSegment } from './takeSegment.ts';
import { toRuns } from './toRuns.ts';

/**
 * Entries in files of a folder, so that they survive the process. Each process appends to segments of its own, named
 * after it; a segment goes when all of it is settled. What a process left when it ended is taken over by renaming it,
 * which of several takers only one can do. An entry's number is its segment's, times the most a segment holds, plus
 * its index there.
 */
export function createSpool({ dir, maxBytes = DEFAULT_MAX_SPOOL_BYTES, fsync = 'never' }: SpoolOptions): Store {
  const self = describeSelf();
  const segments = new Map<number, Segment>();
  let lastNumber = 0;
  let current: Segment | undefined;
  let totalBytes = 0;
  let isFull = false;
  let isClosed = false;
  let orphans: string[] = [];
  let searchedMs = Number.NEGATIVE_INFINITY;

  const report = (code: string, message: string) => store.onProblem?.({ code, message });
  const fail = (what: string, error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    report('spool_failed', `${what}: ${code ?? message}. Messages that it does not hold are in memory alone.`);
  };

  const open = (): Segment => {
    const number = ++lastNumber;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const segment = createSegment(number, join(dir, nameSegment(self, number)));
    segments.set(number, segment);
    return segment;
  };

  const release = (segment: Segment) => {
    if (segment === current) current = undefined;
    segments.delete(segment.number);
    totalBytes -= segment.bytes;
    isFull = false;
  };

  const drop = (segment: Segment) => {
    release(segment);
    remove(segment);
  };

  const sealCurrent = () => {
    if (!current) return;
    const segment = current;
    current = undefined;
    seal(segment);
    if (segment.open === 0) drop(segment);
  };

  const settleIn = (segment: Segment, indexes: number[]) => {
    segment.open -= indexes.length;
    const isLarge = segment !== current || segment.bytes >= MIN_RECYCLE_BYTES;
    if (segment.open === 0 && isLarge) return drop(segment);
    const before = segment.bytes;
    noteSettled(segment, toRuns(indexes));
    totalBytes += segment.bytes - before;
  };

  const beat = () => {
    const [segment] = current ? [current] : segments.values();
    if (!segment) return;
    try {
      const now = new Date();
      utimesSync(segment.path, now, now);
    } catch {
      // Taken by a process that took this one for dead, or deleted by hand. What it held is still in memory.
      seal(segment);
      release(segment);
      report(
        'spool_taken',
        'A segment of the spool is gone; another process may be sending the same messages, under the same ids.',
      );
    }
  };
  const timers = [setInterval(beat, HEARTBEAT_MS)];
  if (fsync === 'interval') {
    const sync = () => current && syncSoon(current, (error) => fail('The spool was not forced to the disk', error));
    timers.push(setInterval(sync, FSYNC_INTERVAL_MS));
  }
  for (const timer of timers) timer.unref();

  const store: Store = {
    append(kind: Kind, text: string): number {
      if (isClosed || isFull) return -1;
      try {
        if (current && (current.bytes >= MAX_SEGMENT_BYTES || current.entries >= MAX_SEGMENT_RECORDS)) sealCurrent();
        current ??= open();
        const record = encodeRecord(writeEntry(kind, current.entries, text));
        if (totalBytes + record.length > maxBytes) {
          isFull = true;
          report('spool_full', `The spool holds its ${maxBytes} bytes; further messages are in memory alone.`);
          return -1;
        }
        writeRecord(current, record);
        totalBytes += record.length;
        if (fsync === 'always') syncNow(current);
        current.open++;
        return current.number * MAX_SEGMENT_RECORDS + current.entries++;
      } catch (error) {
        // A part of a record may stand at the end, which the next one must not be glued to.
        if (current) seal(current);
        current = undefined;
        fail('The spool was not written', error);
        return -1;
      }
    },

    settle(numbers) {
      const bySegment = new Map<Segment, number[]>();
      for (const number of numbers) {
        const segment = segments.get(Math.floor(number / MAX_SEGMENT_RECORDS));
        if (!segment) continue;
        const indexes = bySegment.get(segment) ?? [];
        if (indexes.length === 0) bySegment.set(segment, indexes);
        indexes.push(number % MAX_SEGMENT_RECORDS);
      }
      for (const [segment, indexes] of bySegment) {
        try {
          settleIn(segment, indexes);
        } catch (error) {
          fail('The spool was not told what was answered, so it may be sent again', error);
        }
      }
    },

    adopt(roomBytes): StoredEntry[] {
      if (isClosed) return [];
      try {
        const nowMs = Date.now();
        if (orphans.length === 0 && nowMs - searchedMs >= ADOPT_INTERVAL_MS) {
          searchedMs = nowMs;
          mkdirSync(dir, { recursive: true, mode: 0o700 });
          orphans = findOrphans(dir, self, nowMs);
        }
        for (const path of orphans) {
          const number = lastNumber + 1;
          const taken = takeSegment({ path, to: join(dir, nameSegment(self, number)), number, roomBytes, report });
          if (taken === 'no_room') return [];
          orphans = orphans.slice(1);
          if (taken === 'nothing') continue;
          lastNumber = number;
          segments.set(number, taken.segment);
          totalBytes += taken.segment.bytes;
          return taken.entries.map(({ index, ...entry }) => ({
            number: number * MAX_SEGMENT_RECORDS + index,
            ...entry,
          }));
        }
      } catch (error) {
        orphans = [];
        fail('What earlier processes left in the spool was not read', error);
      }
      return [];
    },

    close() {
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      for (const segment of segments.values()) {
        try {
          seal(segment);
          if (segment.open === 0) remove(segment);
          else renameSync(segment.path, join(dir, nameSegment(FREE, segment.number)));
        } catch (error) {
          fail('The spool was not closed', error);
        }
      }
      segments.clear();
    },
  };
  return store;
}

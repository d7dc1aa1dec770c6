import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_SEGMENT_BYTES, MAX_SEGMENT_RECORDS } from '../../limits.ts';
import { nameSegment, type Owner } from './owner.ts';
import { createSegment, remove, type Segment, seal } from './segment.ts';

export type Segments = ReturnType<typeof createSegments>;

/** The segments that this process has in the folder, and the one that it appends to. Synced: whole ones are on the disk. */
export function createSegments(dir: string, self: Owner, isSynced: boolean) {
  const segments = new Map<number, Segment>();
  let lastNumber = 0;
  let current: Segment | undefined;

  const forget = (segment: Segment) => {
    seal(segment);
    if (segment === current) current = undefined;
    segments.delete(segment.number);
  };
  const drop = (segment: Segment) => {
    forget(segment);
    remove(segment);
  };
  const sealCurrent = () => {
    const segment = current;
    current = undefined;
    if (!segment) return;
    if (segment.open === 0) drop(segment);
    else seal(segment, isSynced);
  };

  return {
    forget,
    drop,
    sealCurrent,
    all: () => [...segments.values()],
    find: (number: number) => segments.get(number),
    isCurrent: (segment: Segment) => segment === current,
    bytes() {
      let sum = 0;
      for (const { bytes } of segments.values()) sum += bytes;
      return sum;
    },
    /** The one to append to: a new one where there is none, or where it is full. */
    current(): Segment {
      if (current && (current.bytes >= MAX_SEGMENT_BYTES || current.entries >= MAX_SEGMENT_RECORDS)) sealCurrent();
      if (current) return current;
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const number = ++lastNumber;
      current = createSegment(number, join(dir, nameSegment(self, number)));
      segments.set(number, current);
      return current;
    },
    /** Number and path for a segment to be taken over: never those of an earlier try, which may have ended half-way. */
    next() {
      const number = ++lastNumber;
      return { number, to: join(dir, nameSegment(self, number)) };
    },
    add: (segment: Segment) => void segments.set(segment.number, segment),
    /** Shows others that we live; false where what we wrote is no longer there. */
    touch(nowMs: number): boolean {
      const segment = current ?? segments.values().next().value;
      if (!segment) return true;
      try {
        utimesSync(segment.path, nowMs / 1000, nowMs / 1000);
        return true;
      } catch {
        forget(segment);
        return false;
      }
    },
  };
}

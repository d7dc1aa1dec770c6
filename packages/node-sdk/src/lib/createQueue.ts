import type { Kind, TrackResult } from '../types.ts';
import type { Place } from './createArena.ts';

/**
 * What waits for its answer, and where it stands as JSON: frozen where it was born, so that what the caller changes
 * later changes nothing.
 */
export interface Entry extends Place {
  kind: Kind;
  id: string;
  /** Its number in the store; -1 where the store does not have it. */
  number: number;
  /** Tells who waits; nobody does after a restart. */
  resolve: ((result: TrackResult) => void) | undefined;
}

export interface Bounds {
  maxEvents: number;
  maxBytes: number;
}

export type Queue = ReturnType<typeof createQueue>;

/** Entries in the order of their birth, bounded in number and bytes. Those at the head leave when they were answered. */
export function createQueue({ maxEvents, maxBytes }: Bounds) {
  let entries: Entry[] = [];
  let head = 0;
  let bytes = 0;
  let settled = 0;
  return {
    size: () => entries.length - head,
    /** How many were ever added, and how many of them have left. */
    added: () => settled + entries.length - head,
    settled: () => settled,
    roomBytes: () => (entries.length - head < maxEvents ? maxBytes - bytes : 0),
    fits: (place: Place) => entries.length - head < maxEvents && bytes + sizeOf(place) <= maxBytes,
    all: () => entries.slice(head),
    push(entry: Entry) {
      entries.push(entry);
      bytes += sizeOf(entry);
    },
    /** The entries at the head: at most so many, and no more bytes, but always one. */
    peek(maxCount: number, maxTotalBytes: number): Entry[] {
      let end = head;
      let total = 0;
      while (end < entries.length && end - head < maxCount) {
        total += sizeOf(entries[end] as Entry) + 1;
        if (total > maxTotalBytes && end > head) break;
        end++;
      }
      return entries.slice(head, end);
    },
    /** Lets so many go from the head. */
    shift(count: number): void {
      for (const last = head + count; head < last; head++) {
        bytes -= sizeOf(entries[head] as Entry);
        // What was answered is garbage at once, not when the array is next cut.
        (entries as unknown[])[head] = undefined;
      }
      settled += count;
      if (head > entries.length / 2) {
        entries = entries.slice(head);
        head = 0;
      }
    },
  };
}

const sizeOf = ({ start, end }: Place) => end - start;

import { MAX_SEGMENT_RECORDS, SPOOL_RETRY_MS } from '../../limits.ts';
import type { Kind } from '../../types.ts';
import type { Segments } from './createSegments.ts';
import { encodeRecord } from './encodeRecord.ts';
import { writeEntry } from './entryPayload.ts';
import { syncNow, writeRecord } from './segment.ts';

interface AppenderOptions {
  segments: Segments;
  maxBytes: number;
  /** Whether the disk has it before the call returns. */
  isSynced: boolean;
  report(code: string, message: string): void;
  fail(what: string, error: unknown): void;
}

/** Appends entries as long as disk and bound allow, and says once when they begin not to. */
export function createAppender({ segments, maxBytes, isSynced, report, fail }: AppenderOptions) {
  let isFull = false;
  let brokenUntilMs = 0;

  const hasRoom = (bytes: number) => {
    const fits = segments.bytes() + bytes <= maxBytes;
    if (!fits && !isFull)
      report('spool_full', `The spool holds ${maxBytes} bytes; further messages are in memory alone.`);
    isFull = !fits;
    return fits;
  };

  /** The entry's number; -1 where it could not be written. */
  return function append(kind: Kind, text: string): number {
    // A full disk is not asked for each message.
    if (performance.now() < brokenUntilMs) return -1;
    try {
      const segment = segments.current();
      const record = encodeRecord(writeEntry(kind, segment.entries, text));
      if (!hasRoom(record.length)) return -1;
      writeRecord(segment, record);
      segment.open++;
      const number = segment.number * MAX_SEGMENT_RECORDS + segment.entries++;
      if (isSynced) syncNow(segment);
      return number;
    } catch (error) {
      brokenUntilMs = performance.now() + SPOOL_RETRY_MS;
      fail('The spool takes nothing, so messages are in memory alone', error);
      try {
        // What ails this file may not ail the next.
        segments.sealCurrent();
      } catch {
        // Said already.
      }
      return -1;
    }
  };
}

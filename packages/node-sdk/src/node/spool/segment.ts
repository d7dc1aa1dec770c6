import { appendFileSync, closeSync, fdatasync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { encodeRecord } from './encodeRecord.ts';
import { type Run, writeSettled } from './entryPayload.ts';

const NEWLINE = Buffer.from('\n');

/** A file of the spool: entries are appended while it is open, and it is dropped when all of them are settled. */
export interface Segment {
  number: number;
  path: string;
  bytes: number;
  /** Entries ever written to it, and how many of them are not settled. */
  entries: number;
  open: number;
  /** While this process appends entries to it. */
  fd?: number | undefined;
  /** Something was written that the disk may not have yet. */
  isDirty: boolean;
  /** A part of a record may stand at the end. */
  isTorn: boolean;
}

/** Creates a segment that nobody else has. */
export function createSegment(number: number, path: string): Segment {
  // Its content is personal data, so nobody else may read it.
  return {
    number,
    path,
    bytes: 0,
    entries: 0,
    open: 0,
    fd: openSync(path, 'ax', 0o600),
    isDirty: false,
    isTorn: false,
  };
}

/** Appends a payload; throws where it does not fit whole. */
export function writeRecord(segment: Segment, record: Buffer): void {
  // What is torn ends at a newline, and must not swallow this one.
  const bytes = segment.isTorn ? Buffer.concat([NEWLINE, record]) : record;
  segment.isTorn = true;
  if (segment.fd === undefined) appendFileSync(segment.path, bytes);
  else if (writeSync(segment.fd, bytes) < bytes.length) throw new Error('the disk took a part of a record');
  segment.isTorn = false;
  segment.isDirty = true;
  segment.bytes += bytes.length;
}

/** Notes what was answered, so that another process does not send it again. */
export function noteSettled(segment: Segment, runs: readonly Run[]): void {
  writeRecord(segment, encodeRecord(writeSettled(runs)));
}

export function syncNow(segment: Segment): void {
  if (segment.fd !== undefined) fdatasyncSync(segment.fd);
  segment.isDirty = false;
}

/** Forces what was written to the disk, beside everything else. */
export function syncSoon(segment: Segment, onError: (error: unknown) => void): void {
  if (segment.fd === undefined || !segment.isDirty) return;
  segment.isDirty = false;
  fdatasync(segment.fd, (error) => error && onError(error));
}

/** Ends appending entries; where it is synced, the disk has them first. */
export function seal(segment: Segment, isSynced = false): void {
  const { fd } = segment;
  segment.fd = undefined;
  if (fd === undefined) return;
  try {
    if (isSynced && segment.isDirty) fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export function remove(segment: Segment): void {
  seal(segment);
  unlinkSync(segment.path);
}

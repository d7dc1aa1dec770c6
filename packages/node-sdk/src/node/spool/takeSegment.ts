import { readFileSync, renameSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import { basename } from 'node:path';
import type { Kind } from '../../types.ts';
import { readRecords } from './encodeRecord.ts';
import { type Payload, readPayload } from './entryPayload.ts';
import type { Segment } from './segment.ts';

interface TakeOptions {
  path: string;
  /** What it is called from here on. */
  to: string;
  number: number;
  roomBytes: number;
  report(code: string, message: string): void;
}

interface Taken {
  segment: Segment;
  entries: { index: number; kind: Kind; text: string }[];
}

/** Takes over a segment whose owner is gone, and reads what was not settled in it. */
export function takeSegment({ path, to, number, roomBytes, report }: TakeOptions): Taken | 'nothing' | 'no_room' {
  let file: Buffer;
  try {
    if (statSync(path).size > roomBytes) return 'no_room';
    // The owner that it is about to have lives, which nobody can tell from the time of the last one's write.
    const now = new Date();
    utimesSync(path, now, now);
    // Before it is ours: what cannot be read now is left for the next look.
    file = readFileSync(path);
    // Of several takers only one succeeds.
    renameSync(path, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
    throw error;
  }
  const { payloads, damagedBytes } = readRecords(file);
  const records = payloads.map(readPayload).filter((record) => record !== undefined);
  const name = basename(path);
  if (records.length === 0 && file.length > 0) {
    renameSync(to, `${path}.damaged`);
    report('spool_foreign', `${name} has no record that can be read; it is kept as ${name}.damaged.`);
    return 'nothing';
  }
  const unread = payloads.length - records.length;
  if (damagedBytes > 0 || unread > 0) {
    const lost = unread > 0 ? `${unread} records` : `${damagedBytes} bytes`;
    report('spool_damaged', `${lost} of ${name} cannot be read; its other ${records.length} records can.`);
  }
  const { entries, count } = readOpenEntries(records);
  if (entries.length === 0) {
    unlinkSync(to);
    return 'nothing';
  }
  return {
    entries,
    segment: {
      number,
      path: to,
      bytes: file.length,
      entries: count,
      open: entries.length,
      isDirty: false,
      isTorn: damagedBytes > 0,
    },
  };
}

function readOpenEntries(records: readonly Payload[]) {
  const open = new Map<number, { index: number; kind: Kind; text: string }>();
  let count = 0;
  for (const record of records) {
    if ('settled' in record) {
      for (const [from, to] of record.settled) for (let index = from; index <= to; index++) open.delete(index);
    } else {
      open.set(record.index, record);
      count = Math.max(count, record.index + 1);
    }
  }
  return { entries: [...open.values()], count };
}

import { readFileSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { Kind } from '../../types.ts';
import { readRecords } from './encodeRecord.ts';
import { readPayload } from './entryPayload.ts';
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
  try {
    if (statSync(path).size > roomBytes) return 'no_room';
    // Of several takers only one succeeds.
    renameSync(path, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
    throw error;
  }
  const file = readFileSync(to);
  const { payloads, damagedBytes } = readRecords(file);
  const name = basename(path);
  if (payloads.length === 0 && file.length > 0) {
    renameSync(to, `${path}.damaged`);
    report('spool_foreign', `${name} has no record that can be read; it is kept as ${name}.damaged.`);
    return 'nothing';
  }
  if (damagedBytes > 0)
    report(
      'spool_damaged',
      `${damagedBytes} bytes of ${name} cannot be read; its other ${payloads.length} records can.`,
    );
  const { entries, count } = readOpenEntries(payloads);
  if (entries.length === 0) {
    unlinkSync(to);
    return 'nothing';
  }
  return {
    entries,
    segment: { number, path: to, bytes: file.length, entries: count, open: entries.length, isDirty: false },
  };
}

function readOpenEntries(payloads: readonly string[]) {
  const open = new Map<number, { index: number; kind: Kind; text: string }>();
  let count = 0;
  for (const payload of payloads.map(readPayload)) {
    if (!payload) continue;
    if ('settled' in payload) {
      for (const [from, to] of payload.settled) for (let index = from; index <= to; index++) open.delete(index);
    } else {
      open.set(payload.index, payload);
      count = Math.max(count, payload.index + 1);
    }
  }
  return { entries: [...open.values()], count };
}

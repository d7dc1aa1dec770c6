import { MAX_SEGMENT_RECORDS } from '../../limits.ts';
import type { Segments } from './createSegments.ts';
import { noteSettled, type Segment } from './segment.ts';
import { toRuns } from './toRuns.ts';

interface SettleOptions {
  segments: Segments;
  /** The segment that is appended to goes too, once it is so large. */
  recycleBytes: number;
  fail(what: string, error: unknown): void;
}

/** Notes entries as answered, and drops the segments of which nothing is left. */
export function settleEntries(numbers: readonly number[], { segments, recycleBytes, fail }: SettleOptions): void {
  for (const [segment, indexes] of groupBySegment(numbers, segments)) {
    try {
      segment.open -= indexes.length;
      const goesOn = segments.isCurrent(segment) && segment.bytes < recycleBytes;
      if (segment.open === 0 && !goesOn) segments.drop(segment);
      else noteSettled(segment, toRuns(indexes));
    } catch (error) {
      fail('The spool was not told what was answered, so the next process may send it again', error);
    }
  }
}

function groupBySegment(numbers: readonly number[], segments: Segments): Map<Segment, number[]> {
  const groups = new Map<Segment, number[]>();
  for (const number of numbers) {
    const segment = segments.find(Math.floor(number / MAX_SEGMENT_RECORDS));
    if (!segment) continue;
    const indexes = groups.get(segment);
    if (indexes) indexes.push(number % MAX_SEGMENT_RECORDS);
    else groups.set(segment, [number % MAX_SEGMENT_RECORDS]);
  }
  return groups;
}

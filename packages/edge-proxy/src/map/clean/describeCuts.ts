import { MAX_REPORTED_CUTS, MAX_REPORTED_PATH_LENGTH } from '../limits.ts';
import type { Cut } from './CutLog.ts';
import { wellFormed } from './wellFormed.ts';

/** The property under which an event or a profile tells what of it is missing. */
export const CUT_PROPERTY = 'SluiceCut';

/** A line a cut, such as "notes: cut at 100 KB"; past the tenth only how many more. */
export function describeCuts(cuts: readonly Cut[]): string[] {
  const lines = cuts
    .slice(0, MAX_REPORTED_CUTS)
    .map(({ path, reason }) => `${wellFormed(path.slice(0, MAX_REPORTED_PATH_LENGTH))}: ${reason}`);
  const more = cuts.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

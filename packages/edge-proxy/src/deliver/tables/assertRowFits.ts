import { countBytes } from '../../countBytes.ts';
import { MAX_ROW_BYTES } from '../limits.ts';

/** The local runtime takes rows that the real one refuses, so the size is checked here. */
export function assertRowFits(text: string): void {
  // A UTF-16 unit is at most three bytes: only long texts need to be encoded to know.
  if (text.length * 3 <= MAX_ROW_BYTES) return;
  const bytes = countBytes(text);
  if (bytes > MAX_ROW_BYTES) throw new RangeError(`a row of ${bytes} bytes exceeds ${MAX_ROW_BYTES}`);
}

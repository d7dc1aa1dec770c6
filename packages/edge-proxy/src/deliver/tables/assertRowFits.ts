import { MAX_ROW_BYTES } from '../limits.ts';

/**
 * Throws for a row that was written too large, so that its transaction is undone. The local runtime takes rows that the
 * real one refuses. SQLite says the size: it had to encode the text anyway.
 */
export function assertRowFits({ bytes }: { bytes: number }): void {
  if (bytes > MAX_ROW_BYTES) throw new RangeError(`a row of ${bytes} bytes exceeds ${MAX_ROW_BYTES}`);
}

import { MAX_TEXT_BYTES } from '../limits.ts';
import { type CutLog, noteCut } from './CutLog.ts';
import { wellFormed } from './wellFormed.ts';

/** UTF-8 needs at most three bytes for one UTF-16 unit. */
const MAX_BYTES_A_UNIT = 3;

/** Makes a text that Klaviyo takes: well-formed, and cut at 100 KB of UTF-8 without splitting a character. */
export function cleanText(text: string, log?: CutLog): string {
  const formed = wellFormed(text);
  if (formed.length * MAX_BYTES_A_UNIT <= MAX_TEXT_BYTES) return formed;
  const { read } = new TextEncoder().encodeInto(formed, new Uint8Array(MAX_TEXT_BYTES));
  if (log && read < formed.length) noteCut(log, 'cut at 100 KB');
  return formed.slice(0, read);
}

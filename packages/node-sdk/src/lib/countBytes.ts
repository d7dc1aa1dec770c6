import { MAX_MESSAGE_BYTES } from '../limits.ts';

const encoder = new TextEncoder();
/** Written over and over: counting allocates nothing. */
const scratch = new Uint8Array(MAX_MESSAGE_BYTES + 4);

/** UTF-8 bytes of a text; beyond the limit of a message merely something above it. */
export function countBytes(text: string): number {
  const { read, written } = encoder.encodeInto(text, scratch);
  return read === text.length ? written : MAX_MESSAGE_BYTES + 1;
}

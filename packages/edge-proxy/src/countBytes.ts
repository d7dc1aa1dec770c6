const encoder = new TextEncoder();
/** Written to and never read: encoding into it costs no memory, which encoding a million lines would. */
const scratch = new Uint8Array(16_384);

/** Bytes of a text in UTF-8. */
export function countBytes(text: string): number {
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 > scratch.byteLength) return encoder.encode(text).byteLength;
  return encoder.encodeInto(text, scratch).written;
}

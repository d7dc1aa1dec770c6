const encoder = new TextEncoder();
/** Written to and never read: encoding into it costs no memory, which encoding long texts whole would. */
const scratch = new Uint8Array(16_384);
/** A UTF-16 unit is at most three bytes. */
const PIECE_LENGTH = Math.floor(scratch.byteLength / 3);

/** Bytes of a text in UTF-8. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; ) {
    const { read, written } = encoder.encodeInto(text.slice(at, pieceEnd(text, at)), scratch);
    bytes += written;
    at += read;
  }
  return bytes;
}

/** A pair of surrogates stays together: apart they would count as six bytes in the place of four. */
function pieceEnd(text: string, from: number): number {
  const end = from + PIECE_LENGTH;
  const isPairCut = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isPairCut ? end - 1 : end;
}

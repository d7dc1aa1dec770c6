import { ARENA_CHUNK_BYTES } from '../limits.ts';

/** Where a text stands, in UTF-8. Whoever holds it holds the chunk. */
export interface Place {
  chunk: Uint8Array<ArrayBuffer>;
  start: number;
  end: number;
}

/** Three bytes are the most that UTF-8 needs for a unit of a string. */
const MAX_BYTES_PER_UNIT = 3;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type Arena = ReturnType<typeof createArena>;

/**
 * Keeps texts as bytes in large chunks, one behind the other. What waits is then nothing that the garbage collector
 * has to move or trace, and a request's body is copied together rather than encoded. Nothing is freed here: a chunk
 * goes with the last place that names it.
 */
export function createArena() {
  let chunk = new Uint8Array(0);
  let used = 0;
  return {
    /** Undefined for a text of more bytes than allowed. */
    write(text: string, maxBytes: number): Place | undefined {
      if (text.length > maxBytes) return undefined;
      const room = text.length * MAX_BYTES_PER_UNIT;
      if (chunk.length - used < room) {
        chunk = new Uint8Array(Math.max(ARENA_CHUNK_BYTES, room));
        used = 0;
      }
      const start = used;
      const { written } = encoder.encodeInto(text, chunk.subarray(start));
      if (written > maxBytes) return undefined;
      used += written;
      return { chunk, start, end: used };
    },
  };
}

/** The text at a place. */
export const readText = ({ chunk, start, end }: Place) => decoder.decode(chunk.subarray(start, end));

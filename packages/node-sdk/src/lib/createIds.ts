import { IDS_AT_ONCE } from '../limits.ts';

const BYTES = 16;
const CHARACTERS = 36;
const HYPHEN = 0x2d;
const HEX = new TextEncoder().encode('0123456789abcdef');
const decoder = new TextDecoder();

/**
 * UUIDs of version 4 (RFC 9562, 5.4), as `crypto.randomUUID` makes them. That one costs a tenth of a message, most of it
 * garbage of joining strings; many written at once and cut from one text cost next to none.
 */
export function createIds(): () => string {
  let text = '';
  let at = 0;
  return () => {
    if (at === text.length) {
      text = writeMany(IDS_AT_ONCE);
      at = 0;
    }
    at += CHARACTERS;
    return text.slice(at - CHARACTERS, at);
  };
}

function writeMany(count: number): string {
  const random = crypto.getRandomValues(new Uint8Array(count * BYTES));
  const text = new Uint8Array(count * CHARACTERS);
  let to = 0;
  for (let index = 0; index < random.length; index++) {
    const place = index % BYTES;
    let byte = random[index] as number;
    if (place === 6) byte = (byte & 0x0f) | 0x40;
    if (place === 8) byte = (byte & 0x3f) | 0x80;
    if (place === 4 || place === 6 || place === 8 || place === 10) text[to++] = HYPHEN;
    text[to++] = HEX[byte >> 4] as number;
    text[to++] = HEX[byte & 0x0f] as number;
  }
  return decoder.decode(text);
}

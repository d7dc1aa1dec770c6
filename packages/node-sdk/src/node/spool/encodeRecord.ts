import { crc32 } from 'node:zlib';

/** One line: checksum, length in bytes and payload, so that a damaged one is known and the next one found. */
const HEADER_BYTES = 16;
/** Three bytes are the most that UTF-8 needs for a unit of a string. */
const MAX_BYTES_PER_UNIT = 3;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const COLON = 0x3a;
const HEX = Buffer.from('0123456789abcdef');

let scratch = Buffer.allocUnsafe(64 * 1024);

/**
 * Writes a record: checksum (crc32, 8 hex digits), length in bytes (6), colon, space, payload, newline. The payload has
 * no newline of its own. The result is valid until the next call.
 */
export function encodeRecord(payload: string): Buffer {
  const needed = HEADER_BYTES + payload.length * MAX_BYTES_PER_UNIT + 1;
  if (scratch.length < needed) scratch = Buffer.allocUnsafe(needed);
  const length = scratch.write(payload, HEADER_BYTES);
  const end = HEADER_BYTES + length;
  writeHex(crc32(scratch.subarray(HEADER_BYTES, end)), 0, 8);
  writeHex(length, 8, 14);
  scratch[14] = COLON;
  scratch[15] = SPACE;
  scratch[end] = LINE_FEED;
  return scratch.subarray(0, end + 1);
}

/** A text of it, joined and encoded, would cost as much as the checksum. */
function writeHex(n: number, from: number, to: number): void {
  let rest = n;
  for (let at = to - 1; at >= from; at--) {
    scratch[at] = HEX[rest & 0x0f] as number;
    rest >>>= 4;
  }
}

interface ReadRecords {
  payloads: string[];
  /** Bytes that belong to no readable record. */
  damagedBytes: number;
}

/** Reads the records of a file. What is damaged costs itself only: reading goes on behind the next newline. */
export function readRecords(file: Buffer): ReadRecords {
  const payloads: string[] = [];
  let damagedBytes = 0;
  for (let at = 0; at < file.length; ) {
    // An empty line stands where a write may have been torn, and was not.
    if (file[at] === LINE_FEED) {
      at++;
      continue;
    }
    const end = findEnd(file, at);
    if (end === undefined) {
      const newline = file.indexOf(LINE_FEED, at);
      const next = newline < 0 ? file.length : newline + 1;
      damagedBytes += next - at;
      at = next;
    } else {
      payloads.push(file.toString('utf8', at + HEADER_BYTES, end));
      // Whatever stands in the newline's place: the length is right, or the checksum would not be.
      if (file[end] !== LINE_FEED) damagedBytes++;
      at = end + 1;
    }
  }
  return { payloads, damagedBytes };
}

/** Where the payload of the record at this place ends; undefined when there is no whole one. */
function findEnd(file: Buffer, at: number): number | undefined {
  const [, crc, length] = /^([0-9a-f]{8})([0-9a-f]{6}): $/.exec(file.toString('latin1', at, at + HEADER_BYTES)) ?? [];
  if (crc === undefined || length === undefined) return undefined;
  const end = at + HEADER_BYTES + Number.parseInt(length, 16);
  if (end > file.length) return undefined;
  return crc32(file.subarray(at + HEADER_BYTES, end)) === Number.parseInt(crc, 16) ? end : undefined;
}

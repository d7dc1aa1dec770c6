import { gunzipSync } from 'node:zlib';
import { isJsonObject, type JsonObject, MAX_BODY_BYTES, MAX_INFLATED_BODY_BYTES } from '@sluice/shared';
import { type Failure, fail } from './failure.ts';
import { readBounded } from './readBounded.ts';

export type ReadBody =
  | {
      ok: true;
      body: JsonObject;
      /** Unfolded. */
      bytes: number;
    }
  | Failure;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Reads a JSON object from a request: plain or gzip, UTF-8, bounded before and after it is unfolded. */
export async function readBody(request: Request): Promise<ReadBody> {
  const bytes = await readBytes(request);
  if (bytes === undefined) return fail('body_too_large');
  // By its first bytes (RFC 1952, 2.3.1), not by a header: a header would cost the SDK a preflight.
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? inflate(bytes) : bytes;
  if (plain === 'too_large') return fail('body_too_large');
  if (plain === 'broken') return fail('encoding_unsupported', 'The gzip body is broken or cut off.');
  const read = parse(plain);
  if (read.ok) return read;
  // Looked for only where the bytes could not be read: what a header says of bytes that can is no matter.
  const foreign = findForeignEncoding(request.headers);
  return foreign === undefined
    ? read
    : fail('encoding_unsupported', `Expected UTF-8 JSON, plain or gzip; ${foreign} came.`);
}

/** An encoding or charset that a header names and that we do not read. */
function findForeignEncoding(headers: Headers): string | undefined {
  const encoding = headers.get('content-encoding');
  if (encoding && !/^(x-)?gzip$|^identity$/i.test(encoding.trim())) return `the encoding "${encoding.slice(0, 40)}"`;
  const [, charset] = /;\s*charset="?([^";\s]+)/i.exec(headers.get('content-type') ?? '') ?? [];
  return charset && !/^(utf-?8|us-ascii)$/i.test(charset) ? `the charset "${charset.slice(0, 40)}"` : undefined;
}

function parse(bytes: Uint8Array): ReadBody {
  const text = decode(bytes);
  if (text === undefined) return fail('encoding_unsupported');
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body)
      ? { ok: true, body, bytes: bytes.byteLength }
      : fail('body_malformed', 'Expected a JSON object.');
  } catch {
    return fail('body_malformed', `Expected JSON; ${text.length} characters came that are not, or that are cut off.`);
  }
}

function decode(bytes: Uint8Array): string | undefined {
  // UTF-16 without a byte order mark: JSON begins with an ASCII character, whose other byte is zero.
  if (bytes[0] === 0 || bytes[1] === 0) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined when there is more than a body may have. */
async function readBytes(request: Request): Promise<Uint8Array | undefined> {
  const declared = request.headers.get('content-length');
  if (declared === null) return readBounded(request.body, MAX_BODY_BYTES);
  // The server reads no more than was declared, so the runtime may collect it, which is faster.
  if (Number(declared) > MAX_BODY_BYTES) return undefined;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > MAX_BODY_BYTES ? undefined : bytes;
}

/** At once: a stream takes eight times as long for what is small, and most of what pages send is in gzip. */
function inflate(bytes: Uint8Array): Uint8Array | 'too_large' | 'broken' {
  try {
    // Bounded while it unfolds, so that a small bomb never becomes a large buffer.
    return gunzipSync(bytes, { maxOutputLength: MAX_INFLATED_BODY_BYTES });
  } catch (error) {
    return error instanceof RangeError ? 'too_large' : 'broken';
  }
}

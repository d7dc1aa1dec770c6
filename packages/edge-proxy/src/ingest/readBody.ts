import { isJsonObject, type JsonObject, MAX_BODY_BYTES, MAX_INFLATED_BODY_BYTES } from '@sluice/shared';
import { type Failure, fail } from './failure.ts';

type ReadBody = { ok: true; body: JsonObject } | Failure;

/** Reads a JSON object from a request: plain or gzip, UTF-8, bounded before and after it is unfolded. */
export async function readBody(request: Request): Promise<ReadBody> {
  const bytes = await readBounded(request.body, MAX_BODY_BYTES);
  if (bytes === undefined) return fail('body_too_large');
  // By its first bytes (RFC 1952, 2.3.1), not by a header: a header would cost the SDK a preflight.
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? await inflate(bytes) : bytes;
  if (plain === 'too_large') return fail('body_too_large');
  if (plain === 'broken') return fail('encoding_unsupported', 'The gzip body is broken or cut off.');
  const text = decode(plain);
  if (text === undefined) return fail('encoding_unsupported');
  return parse(text);
}

function parse(text: string): ReadBody {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? { ok: true, body } : fail('body_malformed', 'Expected a JSON object.');
  } catch {
    return fail('body_malformed', `Expected JSON; ${text.length} characters came that are not, or that are cut off.`);
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined when there is more than the bound; what follows it is not read. */
async function readBounded(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array | 'too_large' | 'broken'> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    // Bounded while it unfolds, so that a small bomb never becomes a large buffer.
    return (await readBounded(stream, MAX_INFLATED_BODY_BYTES)) ?? 'too_large';
  } catch {
    return 'broken';
  }
}

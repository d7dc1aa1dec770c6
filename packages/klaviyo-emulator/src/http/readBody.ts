import { MAX_BODY_BYTES, MAX_BODY_DEPTH } from '../limits.ts';
import type { Answer } from './Call.ts';
import { nestsDeeperThan } from './nestsDeeperThan.ts';
import { invalid, refuse } from './problem.ts';

export type BodyRead = { ok: true; value: unknown; bytes: number } | { ok: false; answer: Answer; bytes: number };

const ACCEPTED = new Set(['application/json', 'application/vnd.api+json']);

/** Reads a JSON body of at most 5 MB after decompression. */
export async function readBody(request: Request): Promise<BodyRead> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const encoding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
  if (!ACCEPTED.has(type ?? '')) return unsupported(`Unsupported media type '${type ?? ''}' in request.`);
  if (encoding !== 'identity' && encoding !== 'gzip') return unsupported(`Unsupported content encoding '${encoding}'.`);
  let size = 0;
  try {
    const bytes = await readBytes(request, encoding === 'gzip');
    if (bytes === undefined) return tooLarge();
    size = bytes.byteLength;
    // The log and the checks would follow a deeper one beyond the end of the stack.
    if (nestsDeeperThan(bytes, MAX_BODY_DEPTH)) return { ok: false, answer: tooDeep(), bytes: size };
    return {
      ok: true,
      value: JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)),
      bytes: size,
    };
  } catch {
    // Neither broken compression nor broken UTF-8 or JSON says more than that.
    return { ok: false, answer: invalid('/data', 'The body is not valid JSON.'), bytes: size };
  }
}

/** Undefined once the limit is passed: a small compressed body may unpack to anything. */
async function readBytes(request: Request, gzip: boolean): Promise<Uint8Array | undefined> {
  if (request.body === null) return new Uint8Array();
  const stream = gzip ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) return void (await reader.cancel());
    chunks.push(part.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

const tooDeep = () => invalid('/data', `Values may be nested at most ${MAX_BODY_DEPTH} levels deep.`);

function unsupported(detail: string): BodyRead {
  const title = 'Unsupported media type.';
  return { ok: false, answer: refuse({ status: 415, code: 'unsupported_media_type', title, detail }), bytes: 0 };
}

function tooLarge(): BodyRead {
  const detail = `The body may have at most ${MAX_BODY_BYTES} bytes after decompression.`;
  const title = 'Payload too large.';
  return {
    ok: false,
    // The rest of the body stays unread, so the connection can carry nothing more.
    answer: refuse({ status: 413, code: 'payload_too_large', title, detail }, { Connection: 'close' }),
    bytes: MAX_BODY_BYTES,
  };
}

import { MIN_GZIP_BYTES } from '../limits.ts';
import type { Body } from './post.ts';

/** Compresses with what every runtime has. */
export async function gzip(body: Body): Promise<Body> {
  if (body.length < MIN_GZIP_BYTES) return body;
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

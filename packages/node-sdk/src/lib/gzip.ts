import { MIN_GZIP_BYTES } from '../limits.ts';
import type { Body } from './post.ts';

/** Compresses with what every runtime has. */
export async function gzip(body: string): Promise<Body> {
  if (body.length < MIN_GZIP_BYTES) return body;
  return new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

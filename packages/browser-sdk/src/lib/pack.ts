/** Compresses a body. No header says so, which would cost a preflight: the first bytes do. */
export async function pack(text: string): Promise<string | ArrayBuffer> {
  try {
    return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  } catch {
    // Safari before 16.4 cannot.
    return text;
  }
}

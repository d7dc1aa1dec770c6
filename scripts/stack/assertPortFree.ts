import { createServer } from 'node:net';

/** Throws one clear message when something listens on the port already. */
export async function assertPortFree(port: number, purpose: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  try {
    await promise;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new Error(
      taken ? `Port ${port} (${purpose}) is taken. Stop what listens there and start again.` : String(error),
    );
  }
  await new Promise((closed) => probe.close(closed));
}

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createEmulator } from './createEmulator.ts';
import type { Emulator } from './Emulator.ts';
import { ConnectionClosed } from './http/ConnectionClosed.ts';
import { openDataFile } from './node/dataFile.ts';
import type { EmulatorOptions } from './options.ts';

export interface ServeOptions extends EmulatorOptions {
  /** @default 0, any free port */
  port?: number;
  /** @default '127.0.0.1' */
  hostname?: string;
  /** A file that keeps the state through restarts. @default memory only */
  dataFile?: string;
}

export interface ServedEmulator {
  /** Without a trailing slash. */
  readonly url: string;
  readonly emulator: Emulator;
  /** Saves the state, ends every connection and frees the port. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Serves an emulator over HTTP. Rejects with EADDRINUSE where the port is taken. */
export async function serveEmulator(options: ServeOptions = {}): Promise<ServedEmulator> {
  const hostname = options.hostname ?? LOOPBACK;
  const data = options.dataFile === undefined ? undefined : openDataFile(options.dataFile, () => emulator.snapshot());
  const snapshot = data?.read() ?? options.snapshot;
  const emulator = createEmulator({
    ...options,
    ...(snapshot === undefined ? {} : { snapshot }),
    onChange: () => {
      data?.touch();
      options.onChange?.();
    },
  });
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      try {
        return await emulator.fetch(request);
      } catch (error) {
        if (!(error instanceof ConnectionClosed)) throw error;
        env.incoming.socket.destroy();
        return new Response();
      }
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, hostname, resolve);
  });
  // A listening TCP server's address is never a string, which is for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${hostname}:${port}`,
    emulator,
    close: () =>
      new Promise((resolve, reject) => {
        data?.flush();
        server.close((error) => (error ? reject(error) : resolve()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

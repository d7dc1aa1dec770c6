import { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createEmulator } from './createEmulator.ts';
import type { Emulator } from './Emulator.ts';
import { ConnectionClosed } from './http/ConnectionClosed.ts';
import { openDataFile } from './node/dataFile.ts';
import { sendCut } from './node/sendCut.ts';
import { startTicking } from './node/startTicking.ts';
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
  let closed = false;
  const emulator = createEmulator({
    ...options,
    ...(snapshot === undefined ? {} : { snapshot }),
    onChange: () => {
      // A webhook's answer that comes after the close is not saved: the next start sends the batch again.
      if (!closed) data?.touch();
      options.onChange?.();
    },
  });
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      try {
        const response = await emulator.fetch(request);
        // Only an answer that will break off announces a length itself.
        if (!response.headers.has('content-length') || !(env.outgoing instanceof ServerResponse)) return response;
        await sendCut(response, env.outgoing);
      } catch (error) {
        if (!(error instanceof ConnectionClosed || request.signal.aborted)) throw error;
        env.incoming.socket.destroy();
      }
      return RESPONSE_ALREADY_SENT;
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, hostname, resolve);
  });
  const stopTicking = startTicking(emulator);
  // A listening TCP server's address is never a string, which is for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${hostname}:${port}`,
    emulator,
    close: () =>
      new Promise((resolve, reject) => {
        stopTicking();
        closed = true;
        data?.flush();
        server.close((error) => (error ? reject(error) : resolve()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

import { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { ClockOptions } from './clock.ts';
import type { Emulator } from './Emulator.ts';
import { ConnectionClosed } from './http/ConnectionClosed.ts';
import { openDataFile } from './node/dataFile.ts';
import { isLoopback } from './node/isLoopback.ts';
import { sendCut } from './node/sendCut.ts';
import { startTicking } from './node/startTicking.ts';
import { openEmulator } from './openEmulator.ts';
import type { EmulatorOptions } from './options.ts';
import { asSnapshot } from './state/asSnapshot.ts';

export interface ServeOptions extends EmulatorOptions {
  /** @default 0, any free port */
  port?: number;
  /** @default '127.0.0.1' */
  hostname?: string;
  /** A file that keeps the state and the clock through restarts; its clock wins over `clock`. @default memory only */
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

/** Serves an emulator over HTTP. Rejects with EADDRINUSE where the port is taken, and with the reason for a wrong option. */
export async function serveEmulator(options: ServeOptions = {}): Promise<ServedEmulator> {
  const { port: wantedPort = 0, hostname = LOOPBACK, dataFile, snapshot, ...rest } = options;
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  const data = dataFile === undefined ? undefined : openDataFile(dataFile, () => opened.snapshot());
  const found = data?.read();
  // What is read from a file belongs to nobody else.
  const kept = found ?? (snapshot === undefined ? undefined : structuredClone(asSnapshot(snapshot)));
  let closed = false;
  const opened = openEmulator(
    {
      ...rest,
      ...(found && rest.clock ? { clock: followOnly(rest.clock) } : {}),
      onChange: () => {
        // A webhook's answer that comes after the close is not saved: the next start sends the batch again.
        if (!closed) data?.touch();
        rest.onChange?.();
      },
    },
    { kept, isOwnHost: (name) => isLoopback(name) || name === host.toLowerCase() },
  );
  const { emulator } = opened;
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
    server.listen(wantedPort, hostname, resolve);
  });
  const stopTicking = startTicking(emulator);
  // A listening TCP server's address is never a string, which is for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    emulator,
    async close() {
      stopTicking();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      closed = true;
      data?.flush();
    },
  };
}

/** The source of time without the time that it began with. */
const followOnly = ({ source }: ClockOptions): ClockOptions => (source === undefined ? {} : { source });

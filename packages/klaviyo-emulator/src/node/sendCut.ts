import type { ServerResponse } from 'node:http';
import { ConnectionClosed } from '../http/ConnectionClosed.ts';

/** Writes what arrives of an answer that breaks off, and then ends the connection. */
export async function sendCut(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  try {
    for await (const part of response.body ?? []) outgoing.write(part);
  } catch (error) {
    if (!(error instanceof ConnectionClosed)) throw error;
  }
  // Not destroy(), which would throw away what is not on its way yet.
  outgoing.socket?.destroySoon();
}

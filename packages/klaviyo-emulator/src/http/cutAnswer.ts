import type { Answer } from './Call.ts';
import { ConnectionClosed } from './ConnectionClosed.ts';
import { respond } from './respond.ts';

/**
 * An answer that breaks off: its whole length is announced, and half of it arrives. These are the only answers that
 * announce a length themselves. Throws where there is no body, which has no half: then nothing arrives at all.
 */
export async function cutAnswer(answer: Answer): Promise<Response> {
  if (answer.body === undefined) throw new ConnectionClosed();
  const whole = respond(answer);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  let sent = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        // An error takes back what waits in the queue, so it comes only when the half was read.
        if (sent) return controller.error(new ConnectionClosed());
        sent = true;
        controller.enqueue(half);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers(whole.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(body, { status: whole.status, headers });
}

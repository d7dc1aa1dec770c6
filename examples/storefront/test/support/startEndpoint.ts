import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Listening, listen } from './listen.ts';

/** A message as the SDK sends it; what the tests read of it. */
export interface Sent {
  type: string;
  event?: string;
  name?: string;
  timestamp: string;
  properties?: Record<string, unknown>;
  traits?: Record<string, unknown>;
}

export interface Endpoint extends Listening {
  /** Every request body by path, in the order of arrival. */
  requests: { path: string; body: Record<string, unknown> }[];
  /** What every sign-up is answered with. */
  subscribeAnswer: { status: number; body: object };
  /** All messages of all batches, in the order in which they were recorded. */
  messages(): Sent[];
  /** Resolves as soon as what arrived satisfies the condition. */
  until(isEnough: () => boolean): Promise<void>;
}

const SCRIPT = fileURLToPath(import.meta.resolve('@sluice/browser/sluice.min.js'));

/** A proxy that serves the SDK, if it has it, accepts everything else and writes it down. */
export async function startEndpoint(hasSdk: boolean): Promise<Endpoint> {
  const requests: Endpoint['requests'] = [];
  const waiting = new Set<() => void>();

  const listening = await listen(async (request, response) => {
    const path = request.url ?? '';
    if (path === '/sluice.js') {
      response.writeHead(hasSdk ? 200 : 404, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' });
      response.end(hasSdk ? await readFile(SCRIPT) : '');
      return;
    }
    const sent = await buffer(request);
    const body = JSON.parse(`${sent[0] === 0x1f ? gunzipSync(sent) : sent}` || '{}');
    requests.push({ path, body });
    const answer =
      path === '/v1/subscribe'
        ? endpoint.subscribeAnswer
        : { status: 202, body: { accepted: body.batch?.length ?? 1, rejected: [], requestId: 'req-1' } };
    response.writeHead(answer.status, {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(answer.body));
    for (const check of waiting) check();
  });

  const endpoint: Endpoint = {
    ...listening,
    requests,
    subscribeAnswer: { status: 202, body: { status: 'accepted', requestId: 'req-1' } },
    messages: () =>
      requests
        .flatMap(({ path, body }) => (path === '/v1/batch' ? (body.batch as Sent[]) : []))
        .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp)),
    until: (isEnough) =>
      new Promise((resolve) => {
        const check = () => {
          if (!isEnough()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
  return endpoint;
}

/** What a message is called: an event's name, a page's name, or its type. */
export function nameOf({ type, event, name }: Sent): string {
  return event ?? (name ? `${type}: ${name}` : type);
}

import { gunzipSync } from 'node:zlib';

/** What goes wrong with one request. `lost`: it is taken, but the answer never arrives; `cut`: it breaks off. */
export type Fault = number | { status: number; retryAfter?: string; body?: string } | 'reset' | 'lost' | 'cut';

export interface Seen {
  path: string;
  headers: Headers;
  body: Record<string, unknown>;
  wasGzip: boolean;
  messages: Record<string, unknown>[];
}

/** The connection broke: nothing, or nothing whole, came back. */
export class Broken extends Error {
  readonly answer: Response | undefined;
  constructor(answer?: Response) {
    super('broken');
    this.answer = answer;
  }
}

/** A proxy that takes everything in and is strict about it: a repeated id must say the same as before. */
export function createSink() {
  const requests: Seen[] = [];
  const stored = new Map<string, string>();
  const state = {
    /** One for each request to come, in turn. */
    faults: [] as Fault[],
    /** Codes by message id. */
    rejects: new Map<string, string>(),
    maxBodyBytes: 500 * 1024,
    repeated: 0,
    problems: [] as string[],
  };

  function store(message: Record<string, unknown>): void {
    const { messageId, ...rest } = message;
    if (typeof messageId !== 'string') state.problems.push(`no id: ${JSON.stringify(message)}`);
    const text = JSON.stringify(rest);
    const before = stored.get(String(messageId));
    if (before !== undefined) state.repeated++;
    if (before !== undefined && before !== text) state.problems.push(`${messageId} said ${before}, then ${text}`);
    stored.set(String(messageId), text);
  }

  async function handle(request: Request): Promise<Response> {
    const { pathname: path } = new URL(request.url);
    const fault = state.faults.shift();
    if (fault === 'reset') throw new Broken();
    const raw = Buffer.from(await request.arrayBuffer());
    if (typeof fault === 'number')
      return Response.json({ error: { code: 'made_up', message: 'No.' } }, { status: fault });
    if (typeof fault === 'object')
      return new Response(fault.body ?? '{}', {
        status: fault.status,
        headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      });
    const wasGzip = raw[0] === 0x1f;
    const plain = wasGzip ? gunzipSync(raw) : raw;
    if (plain.length > state.maxBodyBytes) return Response.json({ error: { code: 'body_too_large' } }, { status: 413 });
    const body = JSON.parse(plain.toString());
    const messages: Record<string, unknown>[] = path === '/v1/batch' ? body.batch : [body];
    requests.push({ path, headers: request.headers, body, wasGzip, messages });
    const rejected = messages.flatMap(({ messageId }, index) => {
      const code = state.rejects.get(String(messageId));
      return code ? [{ index, id: messageId, code, path: 'properties' }] : [];
    });
    for (const message of messages)
      if (!state.rejects.has(String(message.messageId))) {
        const { sentAt: _, ...rest } = message;
        store(rest);
      }
    const answer =
      path === '/v1/batch'
        ? { accepted: messages.length - rejected.length, rejected, requestId: 'r' }
        : { status: 'accepted', requestId: 'r' };
    const response = Response.json(answer, { status: 202 });
    if (fault === 'lost') throw new Broken();
    if (fault === 'cut') throw new Broken(response);
    return response;
  }

  return Object.assign(state, {
    requests,
    stored,
    handle,
    /** For `fetch` of the options: no network, so that a test may hold the clock. */
    async fetch(url: string, init: RequestInit): Promise<Response> {
      try {
        return await handle(new Request(url, init));
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        if (!error.answer) throw new TypeError('fetch failed');
        return new Response((await error.answer.text()).slice(0, 5), { status: error.answer.status });
      }
    },
  });
}

export type Sink = ReturnType<typeof createSink>;

import { exports } from 'cloudflare:workers';
import type { ErrorCode, IngestAnswer } from '@sluice/shared';
import { ORIGIN } from './settings.ts';

export interface PostOptions {
  /** @default the shop's; null sends none */
  origin?: string | null;
  headers?: Record<string, string>;
  method?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the body is not JSON. */
  json: IngestAnswer & {
    status?: string;
    /** Of opt-outs. */
    inFlight?: string[];
    error?: { code: ErrorCode; message: string; requestId: string; details?: unknown };
  };
}

/** Every answer that the tests of this file have seen, for those that look for what must not be in them. */
export const seenAnswers: string[] = [];

/** A request to the Worker, as a page of the shop sends it. */
export async function send(path: string, body: unknown, options: PostOptions = {}): Promise<Answer> {
  const { origin = ORIGIN, headers = {}, method = 'POST' } = options;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
  const response = await exports.default.fetch(`https://edge.example${path}`, {
    method,
    headers: { ...(origin === null ? {} : { origin }), ...headers },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  seenAnswers.push(`${[...response.headers].join('\n')}\n${text}`);
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** A batch under the demo's write key. */
export function sendBatch(batch: unknown[], envelope: object = {}, options: PostOptions = {}): Promise<Answer> {
  return send('/v1/batch', { writeKey: 'wk_demo', batch, ...envelope }, options);
}

/** A batch of the back end's. */
export function sendServerBatch(batch: unknown[], envelope: object = {}): Promise<Answer> {
  return send('/v1/batch', { writeKey: 'sk_backend', batch, ...envelope }, { origin: null });
}

function parse(text: string): Answer['json'] {
  try {
    return JSON.parse(text);
  } catch {
    return undefined as never;
  }
}

/** Status and code of an error, or the status and what was accepted and rejected. */
export function summary({ status, json }: Answer): unknown[] {
  return json?.error ? [status, json.error.code] : [status, json?.accepted, json?.rejected];
}

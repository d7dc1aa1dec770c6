import type { Ground } from '../deliver/Ground.ts';
import { type KlaviyoError, readErrors } from './errors.ts';
import { OPERATIONS, type Operation, type RateLimit } from './operations.ts';
import { parseRateLimit } from './parseRateLimit.ts';
import { parseRetryAfter } from './parseRetryAfter.ts';

/** One call: the operation, the id in its path and query for reads, the JSON of its body for writes. */
export interface KlaviyoRequest {
  operation: Operation;
  id?: string;
  query?: Record<string, string>;
  body?: string;
}

/** What came back, whatever it was. A call never throws. */
export type KlaviyoAnswer =
  | {
      kind: 'response';
      status: number;
      /** Undefined when the body was not JSON: an HTML challenge of the CDN, a truncated answer. */
      json: unknown;
      errors: KlaviyoError[] | undefined;
      retryAfterMs: number | undefined;
      /** What it says of the operation's limits. */
      rateLimit: Partial<RateLimit>;
    }
  /**
   * `paced`: our own limits held the call back; it was not sent. `foreign`: a success that Klaviyo does not answer with;
   * a gateway or a wrong address stands in between.
   */
  | { kind: 'no_answer'; why: 'timeout' | 'network' | 'paced' | 'foreign' };

interface KlaviyoOptions extends Pick<Ground, 'fetch' | 'now' | 'timer'> {
  baseUrl: string;
  apiKey: string;
  revision: string;
  timeoutMs: number;
}

export type KlaviyoCall = (request: KlaviyoRequest) => Promise<KlaviyoAnswer>;

/** Makes the one function through which Sluice speaks to Klaviyo. */
export function createKlaviyoClient(options: KlaviyoOptions): KlaviyoCall {
  return async function call(request) {
    const { method, success } = OPERATIONS[request.operation];
    const abort = new AbortController();
    const timer = options.timer(options.timeoutMs);
    timer.done.then(() => abort.abort());
    try {
      const response = await options.fetch(address(options.baseUrl, request), {
        method,
        // Followed, a redirect would take the key along to wherever it points.
        redirect: 'manual',
        headers: headers(options, request.body !== undefined),
        signal: abort.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      const text = await response.text();
      const isForeign = response.ok && !(success as readonly number[]).includes(response.status);
      return isForeign
        ? { kind: 'no_answer', why: 'foreign' }
        : readAnswer(response.status, response.headers, text, options.now());
    } catch {
      return { kind: 'no_answer', why: abort.signal.aborted ? 'timeout' : 'network' };
    } finally {
      timer.cancel();
    }
  };
}

function address(baseUrl: string, { operation, id, query }: KlaviyoRequest): string {
  const path = OPERATIONS[operation].path.replace('{id}', encodeURIComponent(id ?? ''));
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return `${baseUrl.replace(/\/$/, '')}${path}${search}`;
}

function headers({ apiKey, revision }: KlaviyoOptions, hasBody: boolean): Record<string, string> {
  return {
    authorization: `Klaviyo-API-Key ${apiKey}`,
    revision,
    accept: 'application/vnd.api+json',
    // A retired revision must answer 410, not silently be served as another one.
    'x-klaviyo-revision-fall-forward-opt-out': '1',
    // workerd's fetch sends none by itself, and Klaviyo's CDN challenges callers without one.
    'user-agent': 'sluice/0.0.0',
    'x-klaviyo-user-agent': 'sluice/0.0.0',
    ...(hasBody ? { 'content-type': 'application/vnd.api+json' } : {}),
  };
}

function readAnswer(status: number, headers: Headers, text: string, nowMs: number): KlaviyoAnswer {
  const json = parse(text);
  return {
    kind: 'response',
    status,
    json,
    errors: readErrors(json),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), nowMs),
    rateLimit: parseRateLimit(headers.get('ratelimit-limit')),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

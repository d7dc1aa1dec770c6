/** What a request came to. */
export interface Answer {
  /** HTTP status; 0 when no answer came that could be read. */
  status: number;
  retryAfter: string | null;
  data: AnswerData;
}

interface AnswerData {
  rejected?: Rejected[];
  error?: { code?: string; message?: string };
}

export interface Rejected {
  index: number;
  code: string;
  path?: string;
}

export type Body = Uint8Array<ArrayBuffer>;

interface PostOptions {
  url: string;
  secretKey: string;
  timeoutMs: number;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Compresses a body, or leaves it as it is. */
  encode: (body: Body) => Promise<Body> | Body;
}

/** Posts JSON; never rejects. */
export async function post(body: Body, { url, secretKey, timeoutMs, fetch, encode }: PostOptions): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: await encode(body),
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      // A redirected POST would arrive as a GET, and the key could end up with a stranger.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const data = await response.json().catch(() => undefined);
    const isAnswer = typeof data === 'object' && data !== null;
    // A 2xx that breaks off, or is no answer of the proxy's, acknowledges nothing.
    const status = response.ok && !isAnswer ? 0 : response.status;
    return { status, retryAfter: response.headers.get('retry-after'), data: isAnswer ? data : {} };
  } catch {
    return { status: 0, retryAfter: null, data: {} };
  }
}

/** What is wrong with the key rather than with what it sends: the shop's mistake, and soon mended. */
const KEY_CODES: readonly unknown[] = ['key_scope', 'origin_forbidden'];

/**
 * Which answers leave the matter open: none at all, timeout, rate limit, the server's own failures, and a key that may
 * not send. Where no code says why, it was not the proxy that answered.
 */
export function isRetryable({ status, data }: Answer): boolean {
  if (status >= 200 && status < 300) return false;
  if (status < 400 || status === 401 || status === 408 || status === 429 || status >= 500) return true;
  const code = readCode(data);
  return KEY_CODES.includes(code) || (code === undefined && status !== 413);
}

export function readCode({ error }: AnswerData): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

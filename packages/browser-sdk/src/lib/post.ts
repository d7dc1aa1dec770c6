import { REQUEST_TIMEOUT_MS } from '../limits.ts';

export interface Answer {
  /** HTTP status; 0 when no answer came. */
  _status: number;
  _retryAfter: string | null;
  _data: AnswerData;
}

export interface AnswerData {
  rejected?: { index: number; id: string; code: string; path?: string }[];
  error?: { code: string; message: string };
}

/** Posts a text. A string body goes as text/plain, which needs no preflight; never rejects. */
export async function post(url: string, body: string, keepalive: boolean): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
      signal: AbortSignal.timeout?.(REQUEST_TIMEOUT_MS),
    });
    return {
      _status: response.status,
      _retryAfter: response.headers.get('retry-after'),
      _data: (await response.json().catch(() => null)) ?? {},
    };
  } catch {
    return { _status: 0, _retryAfter: null, _data: {} };
  }
}

/** Which answers leave the matter open: none at all, timeout, rate limit, and the server's own failures. */
export function isRetryable(status: number): boolean {
  return !status || status === 408 || status === 429 || status >= 500;
}

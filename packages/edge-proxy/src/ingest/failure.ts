import { ERROR_CODES, type ErrorCode } from '@sluice/shared';

/** Why a whole request is not served. `message` is for the reader; it never quotes keys or personal data. */
export interface Failure {
  ok: false;
  code: ErrorCode;
  message: string;
  details?: unknown;
  retryAfterSeconds?: number;
}

/** Makes a failure; without words of its own it says the code's cause and cure. */
export function fail(
  code: ErrorCode,
  message?: string,
  more: Pick<Failure, 'details' | 'retryAfterSeconds'> = {},
): Failure {
  const { cause, cure } = ERROR_CODES[code];
  return { ok: false, code, message: message ?? `${cause} ${cure}`, ...more };
}

/** The one place where a failure becomes HTTP. */
export function answerFailure({ code, message, details, retryAfterSeconds }: Failure, requestId: string): Response {
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) };
  const error = { code, message, requestId, ...(details === undefined ? {} : { details }) };
  return Response.json({ error }, { status: ERROR_CODES[code].status, ...(headers ? { headers } : {}) });
}

import type { Answer } from '../http/Call.ts';
import { refuse, throttled } from '../http/problem.ts';
import type { Fault } from './faults.ts';

const CHALLENGE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Please wait.</body></html>';
const DEFAULT_STATUS = 500;
const LOST_ANSWER_STATUS = 502;
const TOO_MANY = 429;
const FORBIDDEN = 403;

/** What a caller sees of a fault. */
export function answerFault(fault: Fault): Answer {
  const status = fault.status ?? (fault.after ? LOST_ANSWER_STATUS : DEFAULT_STATUS);
  const waitSeconds = fault.retryAfterSeconds ?? (status === TOO_MANY ? 1 : undefined);
  const headers = waitSeconds === undefined ? {} : { 'Retry-After': String(waitSeconds) };
  if (fault.body !== undefined) return { status, body: fault.body, headers };
  if (fault.html) {
    // A challenge page of the CDN carries this header; see klaviyo-api-python issue 84.
    const challenge = status === FORBIDDEN ? { 'cf-mitigated': 'challenge' } : {};
    return {
      status,
      body: CHALLENGE,
      headers: { ...headers, ...challenge, 'content-type': 'text/html; charset=UTF-8' },
    };
  }
  if (status === TOO_MANY) return throttled(fault.retryAfterSeconds ?? 1);
  return refuse(
    { status, code: 'error', title: 'A planned fault.', detail: 'The emulator was told to fail.' },
    headers,
  );
}

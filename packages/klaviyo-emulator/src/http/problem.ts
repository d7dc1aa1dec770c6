import { MAX_DETAIL_CHARS, MAX_PARAMETER_CHARS } from '../limits.ts';
import type { Issue } from '../validate/check.ts';
import type { Answer } from './Call.ts';

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  source?: { pointer: string } | { parameter: string };
  meta?: Record<string, unknown>;
}

/** Klaviyo's error shape. */
export function refuse(problem: Problem, headers: Record<string, string> = {}): Answer {
  return { status: problem.status, body: { errors: [errorObject(problem)] }, headers };
}

function errorObject({ source, meta, ...rest }: Problem) {
  const detail = rest.detail.slice(0, MAX_DETAIL_CHARS);
  return {
    id: crypto.randomUUID(),
    ...rest,
    detail,
    source: source ?? { pointer: '/data/' },
    links: {},
    meta: meta ?? {},
  };
}

/** 400 with one error for each thing wrong with the body. */
export function refuseBody(issues: readonly Issue[]): Answer {
  const errors = issues.map(({ pointer, detail }) =>
    errorObject({
      status: 400,
      code: 'invalid',
      title: 'Invalid input.',
      detail,
      source: { pointer: pointer || '/data' },
    }),
  );
  return { status: 400, body: { errors } };
}

export function invalid(pointer: string, detail: string): Answer {
  return refuseBody([{ pointer, detail }]);
}

export function invalidParameter(parameter: string, detail: string): Answer {
  const source = { parameter: parameter.slice(0, MAX_PARAMETER_CHARS) };
  return refuse({ status: 400, code: 'invalid', title: 'Invalid input.', detail, source });
}

export function notFound(detail: string, pointer = '/data/'): Answer {
  return refuse({ status: 404, code: 'not_found', title: 'Not found.', detail, source: { pointer } });
}

export function duplicateProfile(duplicateId: string): Answer {
  return refuse({
    status: 409,
    code: 'duplicate_profile',
    title: 'Conflict.',
    detail: 'A profile already exists with one of these identifiers.',
    source: { pointer: '/data/attributes' },
    meta: { duplicate_profile_id: duplicateId },
  });
}

export function throttled(retryAfterSeconds: number): Answer {
  const title = 'Request was throttled.';
  const detail = `Request was throttled. Expected available in ${retryAfterSeconds} seconds.`;
  return refuse({ status: 429, code: 'throttled', title, detail }, { 'Retry-After': String(retryAfterSeconds) });
}

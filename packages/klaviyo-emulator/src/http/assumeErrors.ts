import type { Assumptions } from '../assumptions.ts';
import { isObject } from '../validate/object.ts';
import type { Answer } from './Call.ts';

const NOT_FOUND = 404;

/** What an error answer leaves open: how many errors it lists, and how it names a 404. */
export function assumeErrors(answer: Answer, assume: Assumptions): Answer {
  if (!isObject(answer.body) || !Array.isArray(answer.body.errors)) return answer;
  const errors = answer.body.errors.slice(0, assume.maxErrors);
  const named = answer.status === NOT_FOUND ? errors.map((error) => ({ ...error, code: assume.notFoundCode })) : errors;
  return { ...answer, body: { ...answer.body, errors: named } };
}

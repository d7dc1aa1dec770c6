import type { Assumptions } from '../assumptions.ts';
import { NEWEST_REVISION, REVISION_LIFETIME_MS } from '../limits.ts';
import { parseTime } from '../validate/time.ts';
import type { Answer } from './Call.ts';
import { refuse } from './problem.ts';

const FORMAT = /^(\d{4}-\d{2}-\d{2})(\.[a-z-]+)?$/;

/**
 * The `revision` header is required. Retired revisions fall forward to the oldest living one, unless the caller opted
 * out of that, and then they are gone.
 */
export function checkRevision(headers: Headers, facts: { nowMs: number; assume: Assumptions }): Answer | undefined {
  const revision = headers.get('revision');
  if (revision === null)
    return facts.assume.missingRevision === 'reject' ? badRevision('The revision header is missing.') : undefined;
  const day = parseTime(FORMAT.exec(revision)?.[1]);
  if (day === undefined) return badRevision(`'${revision.slice(0, 50)}' is not a revision (YYYY-MM-DD[.suffix]).`);
  if (day > Date.parse(NEWEST_REVISION)) return badRevision(`The newest revision is ${NEWEST_REVISION}.`);
  const retired = facts.nowMs - day > REVISION_LIFETIME_MS;
  if (!retired || headers.get('x-klaviyo-revision-fall-forward-opt-out') !== '1') return undefined;
  const detail = `The revision ${revision} is retired.`;
  return refuse({ status: 410, code: 'gone', title: 'Revision retired.', detail, source: { parameter: 'revision' } });
}

function badRevision(detail: string): Answer {
  return refuse({ status: 400, code: 'invalid', title: 'Invalid input.', detail, source: { parameter: 'revision' } });
}

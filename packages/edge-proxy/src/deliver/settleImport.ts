import { isJsonObject } from '@sluice/shared';
import type { KlaviyoAnswer, KlaviyoCall } from '../klaviyo/client.ts';
import { type KlaviyoError, readErrors } from '../klaviyo/errors.ts';
import type { Operation } from '../klaviyo/operations.ts';
import { type Action, backoff, decideRefused } from './decideAction.ts';
import type { Lane } from './lane.ts';
import { sortErrors } from './sortErrors.ts';
import type { Job } from './tables/jobs.ts';

/** Klaviyo's largest page of import errors. */
const ERRORS_PER_PAGE = '100';

type Settlement =
  | { kind: 'pending' }
  /** `operation` could not be asked; that says nothing of the import itself. */
  | { kind: 'unanswered'; operation: Operation; answer: KlaviyoAnswer }
  | Action;

/** The id of the asynchronous job that a 202 names. */
export function readJobId(answer: KlaviyoAnswer): string | undefined {
  if (answer.kind !== 'response' || !isJsonObject(answer.json) || !isJsonObject(answer.json.data)) return undefined;
  return typeof answer.json.data.id === 'string' ? answer.json.data.id : undefined;
}

/** The errors read so far: an import may have more pages of them than the limits allow at once. */
export interface ErrorPages {
  errors: KlaviyoError[];
  cursor?: string;
}

interface Settling {
  job: Job;
  /** Klaviyo's id of the import. */
  id: string;
  lane: Lane;
  call: KlaviyoCall;
  /** Kept by the caller from one try to the next. */
  pages: ErrorPages;
  random: () => number;
}

/** Asks once whether an import is done, and reads the errors of its rows if it is. Each call takes a permit of the caller's. */
export async function settleImport(settling: Settling): Promise<Settlement> {
  const { job, id, call } = settling;
  const again = { kind: 'retry', delayMs: backoff(job.attempts, settling.random) } as const;
  const operation = 'get_bulk_import_profiles_job';
  const answer = await call({ operation, id });
  if (answer.kind === 'response' && answer.status === 404) return again;
  if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', operation, answer };
  const data = isJsonObject(answer.json) && isJsonObject(answer.json.data) ? answer.json.data : {};
  const attributes = isJsonObject(data.attributes) ? data.attributes : {};
  // Imports are idempotent: one that Klaviyo cancelled is simply sent again.
  if (attributes.status === 'cancelled') return again;
  if (attributes.status !== 'complete') return { kind: 'pending' };
  if (!Number(attributes.failed_count)) return { kind: 'done' };
  return readImportErrors(settling);
}

async function readImportErrors({ job, id, lane, call, pages }: Settling): Promise<Settlement> {
  const operation = 'get_errors_for_bulk_import_profiles_job';
  let cursor = pages.cursor;
  do {
    const query = { 'page[size]': ERRORS_PER_PAGE, ...(cursor === undefined ? {} : { 'page[cursor]': cursor }) };
    const answer = await call({ operation, id, query });
    if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', operation, answer };
    pages.errors.push(...readRows(answer.json));
    cursor = readNextCursor(answer.json);
    if (cursor !== undefined) pages.cursor = cursor;
  } while (cursor !== undefined);
  const locate = lane.locator(job.items);
  const isLocated = ({ pointer }: KlaviyoError) => pointer !== undefined && locate(pointer).length > 0;
  // An error that leads to no row must not leave that row among the delivered. Imports are idempotent: halving finds it.
  if (!pages.errors.every(isLocated)) return decideRefused(pages.errors, { ...job, lane });
  // The rows that Klaviyo took are done; `settled` keeps them from being sent again.
  return { kind: 'settled', ...sortErrors(pages.errors, lane, job.items) };
}

/** Import errors are resources whose attributes have the shape of an error object. */
function readRows(json: unknown): KlaviyoError[] {
  const data = isJsonObject(json) && Array.isArray(json.data) ? json.data : [];
  return readErrors({ errors: data.map((row) => (isJsonObject(row) ? row.attributes : null) ?? null) }) ?? [];
}

function readNextCursor(json: unknown): string | undefined {
  const next = isJsonObject(json) && isJsonObject(json.links) ? json.links.next : undefined;
  return typeof next === 'string' ? (new URL(next).searchParams.get('page[cursor]') ?? undefined) : undefined;
}

import { isJsonObject } from '@sluice/shared';
import type { KlaviyoAnswer, KlaviyoCall } from '../klaviyo/client.ts';
import { type KlaviyoError, readErrors } from '../klaviyo/errors.ts';
import type { Operation } from '../klaviyo/operations.ts';
import { readNextCursor } from '../klaviyo/readNextCursor.ts';
import { type Action, backoff, decideRefused } from './decideAction.ts';
import type { Lane } from './lane.ts';
import { locateProfile } from './lanes/importRows.ts';
import { sortErrors } from './sortErrors.ts';
import type { Job } from './tables/jobs.ts';

/** Klaviyo's largest page of import errors. */
const ERRORS_PER_PAGE = '100';

type Settlement =
  | { kind: 'pending' }
  /** There is more to read of what failed. */
  | { kind: 'reading' }
  /** `operation` could not be asked; that says nothing of the import itself. */
  | { kind: 'unanswered'; operation: Operation; answer: KlaviyoAnswer }
  | Action;

/** The id of the asynchronous job that a 202 names. */
export function readJobId(answer: KlaviyoAnswer): string | undefined {
  if (answer.kind !== 'response' || !isJsonObject(answer.json) || !isJsonObject(answer.json.data)) return undefined;
  return typeof answer.json.data.id === 'string' ? answer.json.data.id : undefined;
}

/** What asking after one import has come to so far. A restart forgets it, and asks anew. */
export interface Polling {
  /** When it was first asked after. */
  sinceMs: number;
  /** Answers in a row that could not be used. */
  unreadable: number;
  /** How many rows Klaviyo did not take; unknown until it is done. */
  failed?: number;
  errors: KlaviyoError[];
  cursor?: string;
}

interface Settling {
  job: Job;
  /** Klaviyo's id of the import. */
  id: string;
  lane: Lane;
  call: KlaviyoCall;
  polling: Polling;
  random: () => number;
}

/** Takes one step: asks whether an import is done, or reads a page of what failed. One call, with a permit of the caller's. */
export function settleImport(settling: Settling): Promise<Settlement> {
  return settling.polling.failed === undefined
    ? askWhetherDone(settling)
    : readErrorPage(settling, settling.polling.failed);
}

async function askWhetherDone({ job, id, call, polling, random }: Settling): Promise<Settlement> {
  const again = { kind: 'retry', delayMs: backoff(job.attempts, random) } as const;
  const operation = 'get_bulk_import_profiles_job';
  const answer = await call({ operation, id });
  if (answer.kind === 'response' && answer.status === 404) return again;
  if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', operation, answer };
  const data = isJsonObject(answer.json) && isJsonObject(answer.json.data) ? answer.json.data : {};
  const attributes = isJsonObject(data.attributes) ? data.attributes : {};
  // Imports are idempotent: one that Klaviyo cancelled is simply sent again.
  if (attributes.status === 'cancelled') return again;
  if (attributes.status !== 'complete') return { kind: 'pending' };
  polling.failed = Number(attributes.failed_count) || 0;
  return polling.failed === 0 ? { kind: 'done' } : { kind: 'reading' };
}

async function readErrorPage({ job, id, lane, call, polling }: Settling, failed: number): Promise<Settlement> {
  const operation = 'get_errors_for_bulk_import_profiles_job';
  const { cursor } = polling;
  const query = { 'page[size]': ERRORS_PER_PAGE, ...(cursor === undefined ? {} : { 'page[cursor]': cursor }) };
  const answer = await call({ operation, id, query });
  if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', operation, answer };
  polling.errors.push(...readRows(answer.json));
  const next = readNextCursor(answer.json);
  if (next !== undefined && next !== cursor) {
    polling.cursor = next;
    return { kind: 'reading' };
  }
  const { errors } = polling;
  const locate = lane.locator(job.items);
  const rows = new Set(errors.flatMap(({ pointer }) => (pointer === undefined ? [] : locateProfile(pointer))));
  const isLocated = ({ pointer }: KlaviyoError) => pointer !== undefined && locate(pointer).length > 0;
  // A row that failed, and of which no error tells, must not pass for delivered. Imports are idempotent: halving finds it.
  if (rows.size < failed || !errors.every(isLocated)) return decideRefused(errors, { ...job, lane });
  // The rows that Klaviyo took are done; `settled` keeps them from being sent again.
  return { kind: 'settled', ...sortErrors(errors, lane, job.items) };
}

/** Import errors are resources whose attributes have the shape of an error object. */
function readRows(json: unknown): KlaviyoError[] {
  const data = isJsonObject(json) && Array.isArray(json.data) ? json.data : [];
  return readErrors({ errors: data.map((row) => (isJsonObject(row) ? row.attributes : null) ?? null) }) ?? [];
}

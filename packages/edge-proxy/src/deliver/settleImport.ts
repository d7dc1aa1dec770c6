import { isJsonObject } from '@sluice/shared';
import type { KlaviyoAnswer, KlaviyoCall } from '../klaviyo/client.ts';
import { type KlaviyoError, readErrors } from '../klaviyo/errors.ts';
import { logDefect } from '../logDefect.ts';
import { type Action, backoff } from './decideAction.ts';
import type { Lane } from './lane.ts';
import { sortErrors } from './sortErrors.ts';
import type { Job } from './tables/jobs.ts';

/** Klaviyo's largest page of import errors. */
const ERRORS_PER_PAGE = '100';

type Settlement = { kind: 'pending' } | { kind: 'unanswered'; answer: KlaviyoAnswer } | Action;

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
  const answer = await call({ operation: 'get_bulk_import_profiles_job', id });
  if (answer.kind === 'response' && answer.status === 404) return again;
  if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', answer };
  const data = isJsonObject(answer.json) && isJsonObject(answer.json.data) ? answer.json.data : {};
  const attributes = isJsonObject(data.attributes) ? data.attributes : {};
  // Imports are idempotent: one that Klaviyo cancelled is simply sent again.
  if (attributes.status === 'cancelled') return again;
  if (attributes.status !== 'complete') return { kind: 'pending' };
  if (!Number(attributes.failed_count)) return { kind: 'done' };
  return readImportErrors(settling);
}

async function readImportErrors({ job, id, lane, call, pages }: Settling): Promise<Settlement> {
  let cursor = pages.cursor;
  do {
    const query = { 'page[size]': ERRORS_PER_PAGE, ...(cursor === undefined ? {} : { 'page[cursor]': cursor }) };
    const answer = await call({ operation: 'get_errors_for_bulk_import_profiles_job', id, query });
    if (answer.kind !== 'response' || answer.status !== 200) return { kind: 'unanswered', answer };
    pages.errors.push(...readRows(answer.json));
    cursor = readNextCursor(answer.json);
    if (cursor !== undefined) pages.cursor = cursor;
  } while (cursor !== undefined);
  reportUnlocated(pages.errors, lane, job);
  // The rows that Klaviyo took are done; `settled` keeps them from being sent again.
  return { kind: 'settled', ...sortErrors(pages.errors, lane, job.items) };
}

/** An error that leads to no row leaves that row among the delivered, and nobody would know. */
function reportUnlocated(errors: readonly KlaviyoError[], lane: Lane, { id, items }: Job): void {
  const locate = lane.locator(items);
  const unlocated = errors.filter(({ pointer }) => pointer === undefined || locate(pointer).length === 0).length;
  if (unlocated > 0) logDefect('import errors lead to no row', new Error(`${unlocated} errors of job ${id}`));
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

import { type Call, ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { JOB_LIFETIME_MS } from '../../limits.ts';
import { presentImportError, presentJob, statusOf } from '../../present/presentJob.ts';
import { readCollection } from '../../read/readCollection.ts';
import type { Job, JobKind } from '../../state/types.ts';

const PAGE = { size: 20, max: 100 };

/** The job of this kind, unless it has expired. */
function findJob(call: Call, kind: JobKind): Job | undefined {
  const job = call.account.jobs.get(call.id);
  return job?.kind === kind && call.nowMs < job.createdMs + JOB_LIFETIME_MS ? job : undefined;
}

const noJob = (id: string) => notFound(`A job with id ${id} does not exist.`);

export function readOneJob(call: Call, kind: JobKind) {
  const job = findJob(call, kind);
  return job ? ok({ data: presentJob(call, job), links: { self: `${call.origin}${call.path}` } }) : noJob(call.id);
}

export const getImportJob: Route = {
  operation: 'get_bulk_import_profiles_job',
  handle: (call) => readOneJob(call, 'profile-bulk-import-job'),
};

export const getImportJobs: Route = {
  operation: 'get_bulk_import_profiles_jobs',
  handle(call) {
    const rows = [...call.account.jobs.values()].filter(
      (job) => job.kind === 'profile-bulk-import-job' && call.nowMs < job.createdMs + JOB_LIFETIME_MS,
    );
    const read = readCollection<Job>(call, {
      rows,
      id: (job) => job.id,
      filters: { status: { operators: ['equals', 'any'], read: (job) => statusOf(job, call.nowMs) } },
      sorts: { created_at: (job) => job.createdMs },
      descendingByDefault: true,
      page: PAGE,
    });
    return read.ok ? ok({ data: read.rows.map((job) => presentJob(call, job)), links: read.links }) : read.answer;
  },
};

export const getImportErrors: Route = {
  operation: 'get_errors_for_bulk_import_profiles_job',
  handle(call) {
    const job = findJob(call, 'profile-bulk-import-job');
    if (!job) return noJob(call.id);
    const order = new Map(job.errors.map((error, position) => [error.id, position]));
    const read = readCollection(call, {
      rows: job.errors,
      id: (error) => error.id,
      filters: {},
      sorts: { position: (error) => order.get(error.id) ?? 0 },
      page: PAGE,
    });
    if (!read.ok) return read.answer;
    return ok({ data: read.rows.map((error) => presentImportError(call, job, error)), links: read.links });
  },
};

export const getImportedProfileIds: Route = {
  operation: 'get_profile_ids_for_bulk_import_profiles_job',
  handle(call) {
    const job = findJob(call, 'profile-bulk-import-job');
    if (!job) return noJob(call.id);
    const read = readCollection(call, {
      rows: [...new Set(job.profileIds)],
      id: (id) => id,
      filters: {},
      sorts: { id: (id) => id },
      page: PAGE,
    });
    return read.ok ? ok({ data: read.rows.map((id) => ({ type: 'profile', id })), links: read.links }) : read.answer;
  },
};

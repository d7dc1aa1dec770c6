import { type Answer, type Call, ok, type Route } from '../../http/Call.ts';
import { notFound } from '../../http/problem.ts';
import { JOB_LIFETIME_MS } from '../../limits.ts';
import { presentImportError, presentJob, statusOf } from '../../present/presentJob.ts';
import { presentList } from '../../present/presentList.ts';
import { type Collection, readCollection } from '../../read/readCollection.ts';
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
  if (!job) return noJob(call.id);
  return ok({ data: presentJob(call, job), ...includedIn(call, job), links: { self: `${call.origin}${call.path}` } });
}

/** Only an import's lists can be asked for; those deleted since are missing. */
function includedIn(call: Call, job: Job) {
  if (!call.query.has('include')) return {};
  const lists = job.listIds.flatMap((id) => call.account.lists.get(id) ?? []);
  return { included: lists.map((list) => presentList(call, list)) };
}

export const getImportJob: Route = {
  operation: 'get_bulk_import_profiles_job',
  handle: (call) => readOneJob(call, 'profile-bulk-import-job'),
};

/** The jobs of a kind that have not expired, newest first. */
export function readJobs(
  call: Call,
  options: Pick<Collection<Job>, 'filters' | 'sorts' | 'page'> & { kind: JobKind },
): Answer {
  const { kind, ...rest } = options;
  const rows = [...call.account.jobs.values()].filter(
    (job) => job.kind === kind && call.nowMs < job.createdMs + JOB_LIFETIME_MS,
  );
  const read = readCollection<Job>(call, { ...rest, rows, id: (job) => job.id, descendingByDefault: true });
  return read.ok ? ok({ data: read.rows.map((job) => presentJob(call, job)), links: read.links }) : read.answer;
}

export const getImportJobs: Route = {
  operation: 'get_bulk_import_profiles_jobs',
  handle: (call) =>
    readJobs(call, {
      kind: 'profile-bulk-import-job',
      filters: { status: { operators: ['equals', 'any'], read: (job) => statusOf(job, call.nowMs) } },
      sorts: { created_at: (job) => job.createdMs },
      page: PAGE,
    }),
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
    return ok({ data: read.rows.map(presentImportError), links: read.links });
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

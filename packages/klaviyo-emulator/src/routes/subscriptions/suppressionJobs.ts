import type { Answer, Call, Route } from '../../http/Call.ts';
import type { OperationName } from '../../operations.ts';
import { presentJob, statusOf } from '../../present/presentJob.ts';
import { createJob } from '../../state/createJob.ts';
import { refreshSegment } from '../../state/refreshSegment.ts';
import { schedule } from '../../state/tasks.ts';
import type { Job, JobKind } from '../../state/types.ts';
import { suppressionBody } from '../../validate/bodies/suppressions.ts';
import { asChecked, type SuppressionBody } from '../../wire.ts';
import { countProfiles } from '../imports/bulkImport.ts';
import { readJobs, readOneJob } from '../imports/readJobs.ts';
import { noList } from '../lists/readLists.ts';
import { noSegment } from '../segments/readSegments.ts';

/** Suppress and unsuppress differ in their name only: both take up to 100 e-mails, or a list, or a segment. */
function startJob(operation: OperationName, kind: Exclude<JobKind, 'profile-bulk-import-job'>): Route {
  return {
    operation,
    check: suppressionBody(kind),
    countItems: countProfiles,
    handle(call) {
      const { world, account, nowMs } = call;
      const source = readSource(call);
      if (!source.ok) return source.answer;
      const { emails, listIds, segmentIds } = source;
      const job = createJob(world, account, { kind, listIds, segmentIds, total: emails.length, nowMs });
      schedule(world, account, { work: { kind: 'suppression', jobId: job.id, emails }, dueMs: job.completesMs });
      const shown = presentJob(call, job);
      return { status: 202, body: { data: shown, links: { self: shown.links.self } } };
    },
  };
}

type Source = { ok: true; emails: string[]; listIds: string[]; segmentIds: string[] } | { ok: false; answer: Answer };

/** The addresses meant: named, or those of a group's members of now. The body's check saw to it that one is given. */
function readSource({ world, account, nowMs, body }: Call): Source {
  const { attributes, relationships } = asChecked<SuppressionBody>(body).data;
  const listId = relationships?.list?.data.id;
  if (listId !== undefined && !account.lists.has(listId))
    return { ok: false, answer: noList(listId, '/data/relationships/list/data/id') };
  const segmentId = relationships?.segment?.data.id;
  if (segmentId !== undefined && !account.segments.has(segmentId))
    return { ok: false, answer: noSegment(segmentId, '/data/relationships/segment/data/id') };
  const list = account.lists.get(listId ?? '');
  const segment = account.segments.get(segmentId ?? '');
  if (segment) refreshSegment(world, account, { segment, nowMs });
  const members = [list, segment].flatMap((group) => [...(group?.members.keys() ?? [])]);
  const named = (attributes.profiles?.data ?? []).map((profile) => profile.attributes.email);
  return {
    ok: true,
    emails: [...named, ...members.flatMap((id) => account.profiles.get(id)?.email ?? [])],
    listIds: list ? [list.id] : [],
    segmentIds: segment ? [segment.id] : [],
  };
}

export const bulkSuppress = startJob('bulk_suppress_profiles', 'profile-suppression-bulk-create-job');
export const bulkUnsuppress = startJob('bulk_unsuppress_profiles', 'profile-suppression-bulk-delete-job');

export const getSuppressJobs: Route = {
  operation: 'get_bulk_suppress_profiles_jobs',
  handle: (call) =>
    readJobs(call, {
      kind: 'profile-suppression-bulk-create-job',
      filters: {
        status: { operators: ['equals'], read: (job) => statusOf(job, call.nowMs) },
        list_id: { operators: ['equals'], read: (job) => job.listIds },
        segment_id: { operators: ['equals'], read: (job) => job.segmentIds },
      },
      sorts: { created: (job: Job) => job.createdMs },
      // There is no page[size] here, and no size in the documents: that of the import jobs.
      page: { size: 20, max: null },
    }),
};

export const getSuppressJob: Route = {
  operation: 'get_bulk_suppress_profiles_job',
  handle: (call) => readOneJob(call, 'profile-suppression-bulk-create-job'),
};

export const getUnsuppressJob: Route = {
  operation: 'get_bulk_unsuppress_profiles_job',
  handle: (call) => readOneJob(call, 'profile-suppression-bulk-delete-job'),
};

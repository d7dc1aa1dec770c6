import type { Route } from '../../http/Call.ts';
import { invalid } from '../../http/problem.ts';
import type { OperationName } from '../../operations.ts';
import { presentJob } from '../../present/presentJob.ts';
import { createJob } from '../../state/createJob.ts';
import { schedule } from '../../state/tasks.ts';
import type { Account, JobKind } from '../../state/types.ts';
import { suppressionBody } from '../../validate/bodies/subscriptions.ts';
import { asChecked, type SuppressionBody } from '../../wire.ts';
import { countProfiles } from '../imports/bulkImport.ts';
import { readOneJob } from '../imports/readJobs.ts';
import { noList } from '../lists/readLists.ts';

/** Suppress and unsuppress differ in their name only; both take up to 100 e-mails, or a list. */
function startJob(operation: OperationName, kind: Exclude<JobKind, 'profile-bulk-import-job'>): Route {
  return {
    operation,
    check: suppressionBody(kind),
    countItems: countProfiles,
    handle(call) {
      const { world, account, nowMs } = call;
      const { attributes, relationships } = asChecked<SuppressionBody>(call.body).data;
      const listId = relationships?.list?.data.id;
      const named = attributes.profiles?.data.map((profile) => profile.attributes.email);
      if ((named === undefined) === (listId === undefined))
        return invalid('/data', 'Either profiles or a list must be given, not both.');
      if (listId !== undefined && !account.lists.has(listId)) return noList(listId, '/data/relationships/list/data/id');
      const emails = named ?? emailsOf(account, listId ?? '');
      const listIds = listId === undefined ? [] : [listId];
      const job = createJob(world, account, { kind, listIds, total: emails.length, nowMs });
      schedule(world, account, { work: { kind: 'suppression', jobId: job.id, emails }, dueMs: job.completesMs });
      const shown = presentJob(call, job);
      return { status: 202, body: { data: shown, links: { self: shown.links.self } } };
    },
  };
}

function emailsOf(account: Account, listId: string): string[] {
  const members = [...(account.lists.get(listId)?.members.keys() ?? [])];
  return members.flatMap((id) => account.profiles.get(id)?.email ?? []);
}

export const bulkSuppress = startJob('bulk_suppress_profiles', 'profile-suppression-bulk-create-job');
export const bulkUnsuppress = startJob('bulk_unsuppress_profiles', 'profile-suppression-bulk-delete-job');

export const getSuppressJob: Route = {
  operation: 'get_bulk_suppress_profiles_job',
  handle: (call) => readOneJob(call, 'profile-suppression-bulk-create-job'),
};

export const getUnsuppressJob: Route = {
  operation: 'get_bulk_unsuppress_profiles_job',
  handle: (call) => readOneJob(call, 'profile-suppression-bulk-delete-job'),
};

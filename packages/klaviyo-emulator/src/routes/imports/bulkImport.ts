import type { Route } from '../../http/Call.ts';
import { refuseBody } from '../../http/problem.ts';
import { presentJob } from '../../present/presentJob.ts';
import { createJob } from '../../state/createJob.ts';
import { schedule } from '../../state/tasks.ts';
import { dig } from '../../validate/bodies/bulkEvents.ts';
import { bulkImportBody } from '../../validate/bodies/profiles.ts';
import { asChecked, type ImportBody } from '../../wire.ts';
import { noList } from '../lists/readLists.ts';

export function countProfiles(body: unknown): number {
  const profiles = dig(body, ['data', 'attributes', 'profiles', 'data']);
  return Array.isArray(profiles) ? profiles.length : 0;
}

export const bulkImport: Route = {
  operation: 'bulk_import_profiles',
  check: bulkImportBody,
  countItems: countProfiles,
  handle(call) {
    const { world, account, nowMs } = call;
    const { data } = asChecked<ImportBody>(call.body);
    const profiles = data.attributes.profiles.data;
    const listIds = (data.relationships?.lists?.data ?? []).map(({ id }) => id);
    const missing = listIds.findIndex((id) => !account.lists.has(id));
    if (missing !== -1) return noList(listIds[missing] ?? '', `/data/relationships/lists/data/${missing}/id`);
    const wrong = profiles.findIndex(({ attributes }) => attributes._kx && !account.index.kx.has(attributes._kx));
    const pointer = `/data/attributes/profiles/data/${wrong}/attributes/_kx`;
    if (wrong !== -1) return refuseBody([{ pointer, detail: 'Invalid or expired exchange id.' }]);

    const total = profiles.length;
    const job = createJob(world, account, { kind: 'profile-bulk-import-job', listIds, total, nowMs });
    schedule(world, account, { work: { kind: 'import', jobId: job.id, profiles }, dueMs: job.completesMs });
    const shown = presentJob(call, job);
    return { status: 202, body: { data: shown, links: { self: shown.links.self } } };
  },
};

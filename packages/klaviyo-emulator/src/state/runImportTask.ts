import type { ProfileResource } from '../wire.ts';
import { type ImportProblem, importProfile } from './importProfile.ts';
import { makeShortId } from './makeId.ts';
import type { Account, Job, World } from './types.ts';

/** Completes a bulk import: profiles, list members, and one import error for each profile that failed. */
export function runImportTask(
  world: World,
  account: Account,
  request: { jobId: string; profiles: ProfileResource[]; nowMs: number },
): void {
  const { nowMs } = request;
  const job = account.jobs.get(request.jobId);
  if (!job) return;
  const lists = job.listIds.flatMap((id) => account.lists.get(id) ?? []);
  for (const [position, resource] of request.profiles.entries()) {
    const imported = importProfile(world, account, { resource, nowMs });
    if (!imported.ok) {
      fail(world, job, { ...imported.problem, position, resource });
      continue;
    }
    // A decision: what Klaviyo took and lost counts as completed, since no import error tells of it.
    job.completed += 1;
    const { profile } = imported;
    if (!profile) continue;
    job.profileIds.push(profile.id);
    for (const list of lists) if (!list.members.has(profile.id)) list.members.set(profile.id, nowMs);
  }
}

function fail(world: World, job: Job, failure: ImportProblem & { position: number; resource: ProfileResource }): void {
  const { at, position, resource, ...error } = failure;
  job.failed += 1;
  job.errors.push({
    ...error,
    id: makeShortId(world, 11),
    pointer: `/data/attributes/profiles/data/${position}/${at}`,
    originalPayload: resource,
  });
}

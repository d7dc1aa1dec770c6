import { isEmail } from '../validate/email.ts';
import { isPhoneNumber } from '../validate/phone.ts';
import type { ProfileResource } from '../wire.ts';
import { isReservedAddress } from './isReservedAddress.ts';
import { makeShortId } from './makeId.ts';
import { noteDropped } from './noteDropped.ts';
import type { Account, ImportError, Job, World } from './types.ts';
import { upsertProfile } from './upsertProfile.ts';

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
    const problem = findProblem(resource);
    if (problem) {
      fail(world, job, { ...problem, position, resource });
      continue;
    }
    if (world.settings.dropReservedDomains && isReservedAddress(resource.attributes.email)) {
      noteDropped(account, { atMs: nowMs, what: 'profile', reason: 'reserved_domain', detail: 'bulk import' });
      continue;
    }
    const result = upsertProfile(world, account, { resource, nowMs });
    if (!result.ok) {
      fail(world, job, { ...explain(result), position, resource });
      continue;
    }
    job.completed += 1;
    job.profileIds.push(result.profile.id);
    for (const list of lists) if (!list.members.has(result.profile.id)) list.members.set(result.profile.id, nowMs);
  }
}

type Problem = Pick<ImportError, 'code' | 'detail' | 'title'> & { at: string };

function findProblem({ attributes }: ProfileResource): Problem | undefined {
  const title = 'Invalid input.';
  if (attributes.email && !isEmail(attributes.email))
    return { code: 'invalid', title, detail: 'Invalid email address.', at: 'attributes/email' };
  if (attributes.phone_number && !isPhoneNumber(attributes.phone_number))
    return { code: 'invalid', title, detail: 'Invalid phone number format.', at: 'attributes/phone_number' };
  return undefined;
}

function explain(failure: { reason: 'unknown_id' | 'duplicate' }): Problem {
  if (failure.reason === 'unknown_id')
    return { code: 'not_found', title: 'Not found.', detail: 'A profile with this id does not exist.', at: 'id' };
  const detail = 'A profile already exists with one of these identifiers.';
  return { code: 'duplicate_profile', title: 'Conflict.', detail, at: 'attributes' };
}

function fail(world: World, job: Job, failure: Problem & { position: number; resource: ProfileResource }): void {
  const { at, position, resource, ...error } = failure;
  job.failed += 1;
  job.errors.push({
    ...error,
    id: makeShortId(world, 11),
    pointer: `/data/attributes/profiles/data/${position}/${at}`,
    originalPayload: resource,
  });
}

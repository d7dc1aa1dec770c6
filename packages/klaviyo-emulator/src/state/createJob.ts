import { makeProfileId } from './makeId.ts';
import type { Account, Job, JobKind, World } from './types.ts';

/** A job whose status follows from the clock: queued for one step, processing for another, then complete. */
export function createJob(
  world: World,
  account: Account,
  request: {
    kind: JobKind;
    listIds: readonly string[];
    segmentIds?: readonly string[];
    total: number;
    nowMs: number;
  },
): Job {
  const { kind, listIds, segmentIds = [], total, nowMs } = request;
  const { jobStepMs } = world.settings;
  const job: Job = {
    id: makeProfileId(world, nowMs),
    kind,
    createdMs: nowMs,
    startsMs: nowMs + jobStepMs,
    completesMs: nowMs + 2 * jobStepMs,
    listIds,
    segmentIds,
    total,
    completed: 0,
    failed: 0,
    skipped: 0,
    profileIds: [],
    errors: [],
  };
  account.jobs.set(job.id, job);
  return job;
}

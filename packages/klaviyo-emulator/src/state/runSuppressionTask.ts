import { createProfile } from './createProfile.ts';
import { findProfile } from './findProfile.ts';
import { losesReserved } from './losesReserved.ts';
import { recordOwnEvent } from './recordOwnEvent.ts';
import { setIdentifiers } from './setIdentifiers.ts';
import type { Account, World } from './types.ts';

/** Completes a suppress job (which creates missing profiles) or an unsuppress job (which lifts USER_SUPPRESSED only). */
export function runSuppressionTask(
  world: World,
  account: Account,
  request: { jobId: string; emails: string[]; nowMs: number },
): void {
  const { nowMs } = request;
  const job = account.jobs.get(request.jobId);
  if (!job) return;
  const suppresses = job.kind === 'profile-suppression-bulk-create-job';
  const noted = { atMs: nowMs, what: 'profile', detail: 'suppression' } as const;
  for (const email of request.emails) {
    if (losesReserved(world, account, { ...noted, email })) {
      job.completed += 1;
      continue;
    }
    const known = findProfile(account, 'email', email);
    const suppressed = known?.suppressions.some(({ reason }) => reason === 'USER_SUPPRESSED') ?? false;
    if (suppressed === suppresses) {
      job.skipped += 1;
      continue;
    }
    const profile = known ?? createProfile(world, account, nowMs);
    setIdentifiers(account, profile, { email });
    if (suppresses) profile.suppressions.push({ reason: 'USER_SUPPRESSED', atMs: nowMs });
    else profile.suppressions = profile.suppressions.filter(({ reason }) => reason !== 'USER_SUPPRESSED');
    profile.updatedMs = nowMs;
    const metric = `Manually ${suppresses ? 'Suppressed' : 'Unsuppressed'} from Email Marketing` as const;
    recordOwnEvent(world, account, { profile, metric, nowMs });
    job.completed += 1;
  }
}

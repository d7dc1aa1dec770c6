import { logDefect } from '../logDefect.ts';
import { ageFrom } from './ageFrom.ts';
import { laneOf } from './lanes/index.ts';
import { RECOVERY_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { sendJob } from './sendJob.ts';
import { settleJob } from './settleJob.ts';
import { deleteJob, type Job, postponeJob, replaceItems } from './tables/jobs.ts';
import { buryItem } from './tables/outcomes.ts';

/** Takes a job one step further: sends it, or asks how its import is getting on. A defect in one holds up no other. */
export async function advanceJob(outbox: Outbox, job: Job): Promise<void> {
  try {
    // Klaviyo has taken what settles, however old it is.
    if (job.settling !== null) await settleJob(outbox, job, job.settling);
    else if (!expire(outbox, job)) await sendJob(outbox, job);
  } catch (error) {
    logDefect('job failed', error);
    const { attempts, settling } = job;
    postponeJob(outbox.sql, job.id, { attempts: attempts + 1, nextMs: outbox.now() + RECOVERY_MS, settling });
  } finally {
    outbox.busy.delete(job.id);
    outbox.changing.delete(job.id);
  }
}

/**
 * What waited too long dies; younger items that share its job go on. False when nothing is that old, and for what
 * withdraws: an opt-out is never too late.
 */
function expire(outbox: Outbox, job: Job): boolean {
  const { sql, settings } = outbox;
  if (laneOf(job.lane).withdraws) return false;
  const now = outbox.now();
  const bornAfterMs = now - settings.config.delivery.maxAgeHours * 3_600_000;
  const old = job.items.filter((item) => ageFrom(item) < bornAfterMs);
  if (old.length === 0) return false;
  const young = job.items.filter((item) => ageFrom(item) >= bornAfterMs);
  const { lane, attempts } = job;
  outbox.transaction(() => {
    if (young.length > 0) replaceItems(sql, job.id, young, now);
    else deleteJob(sql, job.id);
    for (const item of old) buryItem(sql, { lane, item, reason: 'expired', error: undefined, attempts }, now);
  });
  return true;
}

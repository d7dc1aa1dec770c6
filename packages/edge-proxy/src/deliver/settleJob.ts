import { applyAction, stopsAfter } from './applyAction.ts';
import { decideAction } from './decideAction.ts';
import { laneOf } from './lanes/index.ts';
import { SETTLE_POLL_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { pacedCall } from './pacedCall.ts';
import { settleImport } from './settleImport.ts';
import { type Job, postponeJob } from './tables/jobs.ts';

/** Asks how an import that Klaviyo took is getting on, and writes down what it came to. */
export async function settleJob(outbox: Outbox, job: Job, id: string): Promise<void> {
  const lane = laneOf(job.lane);
  const pages = outbox.errorPages.get(job.id) ?? { errors: [] };
  outbox.errorPages.set(job.id, pages);
  const settlement = await settleImport({
    job,
    id,
    lane,
    call: pacedCall(outbox),
    pages,
    random: outbox.ground.random,
  });
  const now = outbox.now();
  if (settlement.kind === 'unanswered') {
    // A poll that failed says nothing of the import itself: only pauses and stops count, the job is asked again.
    const action = decideAction(settlement.answer, { ...job, lane }, outbox.ground.random);
    outbox.stops = stopsAfter(outbox.stops, action, settlement.operation, now);
    return askLater(outbox, job, id);
  }
  if (settlement.kind === 'pending') return askLater(outbox, job, id);
  outbox.errorPages.delete(job.id);
  outbox.transaction(() => applyAction(outbox, job, settlement));
}

/** The job is asked after, not sent again. */
export function askLater(outbox: Outbox, { id, attempts }: Job, settling: string): void {
  postponeJob(outbox.sql, id, { attempts, nextMs: outbox.now() + SETTLE_POLL_MS, settling });
}

import { applyAction, stopsAfter } from './applyAction.ts';
import { type Action, decideAction } from './decideAction.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_SETTLE_MS, MAX_SETTLE_POLL_MS, MAX_TRIES_ALONE, MAX_UNREADABLE_POLLS, SETTLE_POLL_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { pacedCall } from './pacedCall.ts';
import { type Polling, settleImport } from './settleImport.ts';
import { type Job, postponeJob } from './tables/jobs.ts';

/** Asks how an import that Klaviyo took is getting on, and writes down what it came to. */
export async function settleJob(outbox: Outbox, job: Job, id: string): Promise<void> {
  const lane = laneOf(job.lane);
  const { random } = outbox.ground;
  const polling = pollingOf(outbox, job.id);
  const settlement = await settleImport({ job, id, lane, call: pacedCall(outbox), polling, random });
  switch (settlement.kind) {
    case 'pending':
      return settlePending(outbox, job, id, outbox.now() - polling.sinceMs);
    case 'reading':
      polling.unreadable = 0;
      return askLater(outbox, job, id, 0);
    case 'unanswered': {
      // It says nothing of the import itself: only pauses and stops count.
      const action = decideAction(settlement.answer, { ...job, lane, othersTaken: false }, random);
      outbox.stops = stopsAfter(outbox.stops, action, settlement.operation, outbox.now());
      const isReadable = ['retry', 'wait', 'pause', 'stop'].includes(action.kind);
      polling.unreadable = isReadable ? 0 : polling.unreadable + 1;
      return polling.unreadable < MAX_UNREADABLE_POLLS ? askLater(outbox, job, id) : sendAgain(outbox, job);
    }
    default:
      return end(outbox, job, settlement);
  }
}

/** What takes long is asked after less often. */
function settlePending(outbox: Outbox, job: Job, id: string, forMs: number): void {
  if (forMs > MAX_SETTLE_MS) sendAgain(outbox, job);
  else askLater(outbox, job, id, Math.min(MAX_SETTLE_POLL_MS, Math.max(SETTLE_POLL_MS, forMs / 10)));
}

function pollingOf(outbox: Outbox, id: number): Polling {
  const known = outbox.polling.get(id) ?? { sinceMs: outbox.now(), unreadable: 0, errors: [] };
  outbox.polling.set(id, known);
  return known;
}

/** The job is asked after, not sent again. */
export function askLater(outbox: Outbox, { id, attempts }: Job, settling: string, inMs = SETTLE_POLL_MS): void {
  postponeJob(outbox.sql, id, { attempts, nextMs: outbox.now() + Math.round(inMs), settling });
}

/** Nobody can say what became of the import. It is idempotent; but one that never comes to an end must not hold up all others. */
function sendAgain(outbox: Outbox, job: Job): void {
  const isHopeless = job.attempts + 1 >= MAX_TRIES_ALONE;
  end(
    outbox,
    job,
    isHopeless ? { kind: 'bury', reason: 'klaviyo_rejected', error: undefined } : { kind: 'retry', delayMs: 0 },
  );
}

function end(outbox: Outbox, job: Job, action: Action): void {
  outbox.polling.delete(job.id);
  outbox.transaction(() => applyAction(outbox, job, action));
}

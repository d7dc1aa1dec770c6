import type { KlaviyoAnswer } from '../klaviyo/client.ts';
import type { Operation } from '../klaviyo/operations.ts';
import { applyAction, stopsAfter } from './applyAction.ts';
import { type Action, decideAction } from './decideAction.ts';
import type { Found } from './lane.ts';
import { laneOf } from './lanes/index.ts';
import type { Outbox } from './Outbox.ts';
import { pacedCall } from './pacedCall.ts';
import { noteAttempt, noteChange } from './readBack/noteChange.ts';
import { askLedger, reconsider } from './readBack/reconsider.ts';
import { readJobId } from './settleImport.ts';
import { askLater } from './settleJob.ts';
import type { StoredItem } from './storedItem.ts';
import { hastenJobs, type Job } from './tables/jobs.ts';
import { withhold } from './withhold.ts';

/** Sends what consent leaves of a job, after what it has to look up, and does what the table says of the answer. */
export async function sendJob(outbox: Outbox, next: Job): Promise<void> {
  const lane = laneOf(next.lane);
  const call = pacedCall(outbox);
  // Waits for nothing else: between the choice of a job and its call another would be chosen by the same permit.
  const chosen = leavesList(next) ? await withoutOvertaken(outbox, next) : next;
  if (!chosen) return;
  const lookUp = lane.lookUp?.(chosen.run);
  const lookedUp = lookUp && (await lookUp.ask(chosen.items, call, foundFor(outbox, chosen)));
  if (lookedUp && !lookedUp.ok)
    return conclude({ outbox, job: chosen, operation: lookUp.operation, answer: lookedUp.answer });
  const profileIds = lookedUp?.profileIds;
  // Klaviyo knows none of them: there is nothing to ask of it.
  if (profileIds?.length === 0) return finish(outbox, chosen);
  const decidedMs = Math.min(...chosen.items.map(decidedAt));
  const isStale = lane.isStale?.({ attempts: chosen.attempts, decidedMs }, outbox.now()) ?? false;
  // Of whom nothing is to be sent anyway, nothing is asked.
  const waiting = isStale ? withhold(outbox, chosen) : chosen;
  if (!waiting) return;
  const current = isStale ? await reconsider(outbox, waiting, call) : { ok: true as const, job: waiting };
  if (!current.ok) return conclude({ outbox, job: waiting, operation: 'get_profiles', answer: current.answer });
  // From here to the call nothing waits: what is withdrawn is either seen here, or finds the call in flight.
  const job = current.job && withhold(outbox, current.job);
  if (!job) return;
  const operation = lane.operation(job.run);
  const { delivery } = outbox.settings.config;
  const body = lane.build(job.items, { nowMs: outbox.now(), delivery, ...(profileIds && { profileIds }) });
  outbox.inFlight.set(job.id, job.items);
  noteAttempt(outbox.sql, job, outbox.now());
  const target = lane.target && { id: lane.target(job.items) };
  const answer = await call({ operation, body, ...target }).finally(() => outbox.inFlight.delete(job.id));
  const isBegun = answer.kind === 'response' && answer.status === 202;
  if (!lane.settles || !isBegun) return conclude({ outbox, job, operation, answer });
  const settling = readJobId(answer);
  // A beginning that names no job is somebody else's.
  if (settling === undefined)
    return conclude({ outbox, job, operation, answer: { kind: 'no_answer', why: 'foreign' } });
  askLater(outbox, job, settling);
  hasten(outbox, job);
}

function leavesList({ lane, items }: Job): boolean {
  return lane === 'members' && items.some((item) => 'decidedAtMs' in item);
}

/** An opt-out of a list takes nobody off it who has come back since. */
async function withoutOvertaken(outbox: Outbox, job: Job): Promise<Job | undefined> {
  const asked = await askLedger(outbox, job);
  return asked.ok ? asked.job : undefined;
}

/** What earlier tries found; forgotten by the first that needs no more. */
function foundFor({ found }: Outbox, { id }: Job): Found {
  const known = found.get(id) ?? new Map();
  return found.set(id, known).get(id) ?? known;
}

function finish(outbox: Outbox, job: Job): void {
  outbox.found.delete(job.id);
  outbox.transaction(() => applyAction(outbox, job, { kind: 'done' }));
}

function decidedAt(item: StoredItem): number {
  return 'decidedAtMs' in item ? item.decidedAtMs : item.receivedAtMs;
}

interface Answered {
  outbox: Outbox;
  job: Job;
  operation: Operation;
  answer: KlaviyoAnswer;
}

function conclude({ outbox, job, operation, answer }: Answered): void {
  const lane = laneOf(job.lane);
  const othersTaken = (outbox.takenMs.get(operation) ?? 0) > job.createdMs;
  const action = decideAction(answer, { ...job, lane, othersTaken }, outbox.ground.random);
  // What was looked up serves one call; a look-up that goes on keeps what it has.
  if (operation === lane.operation(job.run) && action.kind !== 'wait') outbox.found.delete(job.id);
  const now = outbox.now();
  outbox.transaction(() => {
    applyAction(outbox, job, action);
    if (action.kind === 'done') noteChange(outbox.sql, job, now);
    else if (operation === lane.operation(job.run)) noteAttempt(outbox.sql, job, now);
  });
  if (action.kind === 'done') hasten(outbox, job);
  else outbox.stops = stopsAfter(outbox.stops, action, operation, now);
  if (action.kind !== 'done' && action.kind !== 'wait') logTrouble({ outbox, job, operation, answer, action });
}

/** Klaviyo took a call. After failures that says that an outage is over: what it held back need not wait out its pause. */
function hasten(outbox: Outbox, job: Job): void {
  if (job.attempts > 0) hastenJobs(outbox.sql, job.lane, outbox.now());
}

/** Structured, without personal data: Klaviyo's `detail` may quote addresses, so it stays in the dead letter. */
function logTrouble({ outbox, job, operation, answer, action }: Answered & { action: Action }): void {
  const status = answer.kind === 'response' ? answer.status : answer.why;
  const { account } = outbox;
  const items = job.items.length;
  const attempts = job.attempts + 1;
  console.warn(
    JSON.stringify({ message: 'call not delivered', account, operation, status, action: action.kind, items, attempts }),
  );
}

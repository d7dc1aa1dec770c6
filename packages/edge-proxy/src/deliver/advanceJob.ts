import { createKlaviyoClient, type KlaviyoAnswer, type KlaviyoCall } from '../klaviyo/client.ts';
import type { Operation } from '../klaviyo/operations.ts';
import { logDefect } from '../logDefect.ts';
import { applyAction, stopsAfter } from './applyAction.ts';
import { permitAt } from './chooseJob.ts';
import { type Action, decideAction } from './decideAction.ts';
import { laneOf } from './lanes/index.ts';
import { CALL_TIMEOUT_MS, RECOVERY_MS, SETTLE_POLL_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { readJobId, settleImport } from './settleImport.ts';
import { clearStops } from './stops.ts';
import { beginCall, endCall } from './tables/calls.ts';
import { deleteJob, hastenJobs, type Job, postponeJob, replaceItems } from './tables/jobs.ts';
import { buryItem } from './tables/outcomes.ts';

/** Takes a job one step further: sends it, or asks how its import is getting on. A defect in one holds up no other. */
export async function advanceJob(outbox: Outbox, job: Job): Promise<void> {
  try {
    // Klaviyo has taken what settles, however old it is.
    if (job.settling !== null) await settle(outbox, job, job.settling);
    else if (!expire(outbox, job)) await send(outbox, job);
  } catch (error) {
    logDefect('job failed', error);
    const { attempts, settling } = job;
    postponeJob(outbox.sql, job.id, { attempts: attempts + 1, nextMs: outbox.now() + RECOVERY_MS, settling });
  } finally {
    outbox.busy.delete(job.id);
  }
}

async function send(outbox: Outbox, job: Job): Promise<void> {
  const lane = laneOf(job.lane);
  const { delivery } = outbox.settings.config;
  const body = lane.build(job.items, { nowMs: outbox.now(), delivery });
  const answer = await pacedCall(outbox)({ operation: lane.operation, body });
  const settling = lane.settles && answer.kind === 'response' && answer.status < 300 ? readJobId(answer) : undefined;
  if (settling !== undefined) {
    askLater(outbox, job, settling);
    return reopen(outbox, job, lane.operation);
  }
  const action = decideAction(answer, { ...job, lane }, outbox.ground.random);
  const now = outbox.now();
  outbox.transaction(() => applyAction(outbox.sql, job, action, now));
  if (action.kind === 'done') return reopen(outbox, job, lane.operation);
  outbox.stops = stopsAfter(outbox.stops, action, lane.operation, now);
  logTrouble({ outbox, job, operation: lane.operation, answer, action });
}

async function settle(outbox: Outbox, job: Job, id: string): Promise<void> {
  const lane = laneOf(job.lane);
  const pages = outbox.errorPages.get(job.id) ?? { dead: new Map() };
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
    outbox.stops = stopsAfter(outbox.stops, action, 'get_bulk_import_profiles_job', now);
    return askLater(outbox, job, id);
  }
  outbox.stops = clearStops(outbox.stops, 'get_bulk_import_profiles_job', now);
  if (settlement.kind === 'pending') return askLater(outbox, job, id);
  outbox.errorPages.delete(job.id);
  outbox.transaction(() => applyAction(outbox.sql, job, settlement, now));
}

/** Klaviyo took a call. After failures that says that an outage is over: what it held back need not wait out its pause. */
function reopen(outbox: Outbox, job: Job, operation: Operation): void {
  const now = outbox.now();
  if (job.attempts > 0) hastenJobs(outbox.sql, job.lane, now);
  outbox.stops = clearStops(outbox.stops, operation, now);
}

function askLater(outbox: Outbox, { id, attempts }: Job, settling: string): void {
  postponeJob(outbox.sql, id, { attempts, nextMs: outbox.now() + SETTLE_POLL_MS, settling });
}

/** What waited too long dies; younger items that share its job go on. False when nothing is that old. */
function expire(outbox: Outbox, job: Job): boolean {
  const { sql, settings } = outbox;
  const now = outbox.now();
  const bornAfterMs = now - settings.config.delivery.maxAgeHours * 3_600_000;
  const old = job.items.filter((item) => item.receivedAtMs < bornAfterMs);
  if (old.length === 0) return false;
  const young = job.items.filter((item) => item.receivedAtMs >= bornAfterMs);
  const { lane, attempts } = job;
  outbox.transaction(() => {
    if (young.length > 0) replaceItems(sql, job.id, young, now);
    else deleteJob(sql, job.id);
    for (const item of old) buryItem(sql, { lane, item, reason: 'expired', error: undefined, attempts }, now);
  });
  return true;
}

/** The client, with each call written into the log that the rate limits are read from. */
function pacedCall(outbox: Outbox): KlaviyoCall {
  const { ground } = outbox;
  const { baseUrl, revision } = outbox.klaviyo;
  const client = createKlaviyoClient({
    baseUrl,
    revision,
    apiKey: outbox.settings.klaviyoKeys.get(outbox.account) ?? '',
    timeoutMs: CALL_TIMEOUT_MS,
    ...ground,
  });
  return async (request) => {
    if (permitAt(outbox, request.operation) > outbox.now()) return { kind: 'no_answer', why: 'paced' };
    const id = beginCall(outbox.sql, request.operation, outbox.now());
    const answer = await client(request);
    endCall(outbox.sql, id, outbox.now());
    return answer;
  };
}

interface Trouble {
  outbox: Outbox;
  job: Job;
  operation: Operation;
  answer: KlaviyoAnswer;
  action: Action;
}

/** Structured, without personal data: Klaviyo's `detail` may quote addresses, so it stays in the dead letter. */
function logTrouble({ outbox, job, operation, answer, action }: Trouble): void {
  const status = answer.kind === 'response' ? answer.status : answer.why;
  const { account } = outbox;
  const items = job.items.length;
  const attempts = job.attempts + 1;
  console.warn(
    JSON.stringify({ message: 'call not delivered', account, operation, status, action: action.kind, items, attempts }),
  );
}

import type { Operation } from '../klaviyo/operations.ts';
import { admitCopies } from './admitCopies.ts';
import { chunkItems } from './chunkItems.ts';
import type { Action } from './decideAction.ts';
import type { FrozenItem } from './freeze.ts';
import { PROBE_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import type { Droppable } from './sortErrors.ts';
import type { Stops } from './stops.ts';
import { shiftCount } from './tables/counters.ts';
import { deleteJob, insertJob, type Job, postponeJob, replaceItems } from './tables/jobs.ts';
import { buryItem, countOutcome, type Death } from './tables/outcomes.ts';

/** Writes down what a call led to: the job, its items' outcomes and dead letters. Runs in one transaction. */
export function applyAction(outbox: Outbox, job: Job, action: Action): void {
  const { sql } = outbox;
  const nowMs = outbox.now();
  switch (action.kind) {
    case 'done':
      deleteJob(sql, job.id);
      countOutcome(sql, { lane: job.lane, outcome: 'delivered', reason: '', n: job.items.length }, nowMs);
      break;
    case 'evict':
    case 'settled':
      sortOut(outbox, job, action);
      break;
    case 'split':
      split(sql, job, nowMs);
      break;
    case 'bury':
      deleteJob(sql, job.id);
      bury(
        outbox,
        job,
        job.items.map((item) => ({ item, reason: action.reason, error: action.error })),
      );
      break;
    case 'retry':
      postponeJob(sql, job.id, { attempts: job.attempts + 1, nextMs: nowMs + action.delayMs, settling: null });
      break;
    case 'wait':
      postponeJob(sql, job.id, { ...job, nextMs: nowMs + action.delayMs });
      break;
    case 'stop':
    case 'pause':
      // The stop holds the job back; it did nothing wrong, so its tries do not count.
      postponeJob(sql, job.id, { attempts: job.attempts, nextMs: nowMs, settling: job.settling });
      break;
  }
}

/** What a stop or a pause closes, and until when. */
export function stopsAfter(stops: Stops, action: Action, operation: Operation, nowMs: number): Stops {
  if (action.kind === 'stop')
    return {
      ...stops,
      [action.scope === 'account' ? 'account' : operation]: { reason: action.reason, untilMs: nowMs + PROBE_MS },
    };
  if (action.kind === 'pause')
    return {
      ...stops,
      // Calls at the same time bring several answers: the longest pause covers them all.
      [operation]: {
        reason: action.reason,
        untilMs: Math.max(stops[operation]?.untilMs ?? 0, nowMs + action.delayMs),
      },
    };
  return stops;
}

/** Buries items; where another report of the same order came meanwhile, that goes in the place of what was refused. */
function bury(
  outbox: Outbox,
  { lane, attempts }: Job,
  deaths: readonly Pick<Death, 'item' | 'reason' | 'error'>[],
): void {
  const { sql } = outbox;
  const now = outbox.now();
  const copies = deaths.flatMap((death) => buryItem(sql, { lane, attempts: attempts + 1, ...death }, now) ?? []);
  admitCopies(outbox, lane, copies);
}

/** Each item to what Klaviyo said of it. Of whom it said nothing: settled they are delivered, otherwise they go again. */
function sortOut(outbox: Outbox, job: Job, action: Action & { kind: 'evict' | 'settled' }): void {
  const { sql } = outbox;
  const nowMs = outbox.now();
  const { dead, amend } = action;
  const [duplicates, alone] = [new Set(action.duplicate), new Set(action.alone)];
  const left = {
    delivered: 0,
    duplicate: 0,
    dead: [] as Pick<Death, 'item' | 'reason' | 'error'>[],
    again: [] as FrozenItem[],
    alone: [] as FrozenItem[],
  };
  for (const [index, item] of job.items.entries()) {
    const error = dead.get(index);
    const droppable = amend.get(index);
    if (duplicates.has(index)) left.duplicate += 1;
    else if (error) left.dead.push({ item, reason: 'klaviyo_rejected', error });
    else if (alone.has(index)) left.alone.push(item);
    else if (droppable) left.again.push(dropIdentifier(item, droppable));
    else if (action.kind === 'evict') left.again.push(item);
    else left.delivered += 1;
  }
  for (const outcome of ['delivered', 'duplicate'] as const)
    countOutcome(sql, { lane: job.lane, outcome, reason: '', n: left[outcome] }, nowMs);
  bury(outbox, job, left.dead);
  goAlone(outbox, job, left.alone);
  if (left.again.length > 0) replaceItems(sql, job.id, left.again, nowMs);
  else deleteJob(sql, job.id);
}

/**
 * Sends items on through the lane `profile`, which from now on has accepted them in their own lane's place. They wait
 * there since their job was made: imports that were made after it are newer.
 */
function goAlone(outbox: Outbox, { createdMs }: Job, items: readonly FrozenItem[]): void {
  const singles = items.flatMap((item) => (item.lane === 'profiles' ? [{ ...item, lane: 'profile' as const }] : []));
  for (const chunk of chunkItems(singles)) outbox.inbox.add(chunk, createdMs);
  shiftCount(outbox.sql, { lane: 'profiles', outcome: 'accepted', reason: '', n: -singles.length });
  shiftCount(outbox.sql, { lane: 'profile', outcome: 'accepted', reason: '', n: singles.length });
}

function dropIdentifier(item: FrozenItem, name: Droppable): FrozenItem {
  const { [name]: _refused, ...who } = item.who;
  // Erasures alone have less than all identifiers, and one at most: there is none to drop.
  if (item.lane === 'erase') return item;
  if (!('channels' in item) || name !== 'phone_number') return { ...item, who };
  return { ...item, who, channels: item.channels.filter((channel) => channel !== 'sms') };
}

function split(sql: SqlStorage, job: Job, nowMs: number): void {
  const half = Math.ceil(job.items.length / 2);
  for (const items of [job.items.slice(0, half), job.items.slice(half)]) insertJob(sql, { ...job, items }, nowMs);
  deleteJob(sql, job.id);
}

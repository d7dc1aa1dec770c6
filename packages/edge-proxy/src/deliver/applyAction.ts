import type { KlaviyoError } from '../klaviyo/errors.ts';
import type { Operation } from '../klaviyo/operations.ts';
import type { Action, Droppable } from './decideAction.ts';
import type { FrozenItem } from './freeze.ts';
import { PROBE_MS } from './limits.ts';
import type { Stops } from './stops.ts';
import { deleteJob, insertJob, type Job, postponeJob, replaceItems } from './tables/jobs.ts';
import { buryItem, countOutcome } from './tables/outcomes.ts';

/** Writes down what a call led to: the job, its items' outcomes and dead letters. Runs in one transaction. */
export function applyAction(sql: SqlStorage, job: Job, action: Action, nowMs: number): void {
  switch (action.kind) {
    case 'done':
      deleteJob(sql, job.id);
      countOutcome(sql, { lane: job.lane, outcome: 'delivered', reason: '', n: job.items.length });
      break;
    case 'evict':
      evict(sql, job, action, nowMs);
      break;
    case 'settled':
      settle(sql, job, action.dead, nowMs);
      break;
    case 'split':
      split(sql, job, nowMs);
      break;
    case 'bury':
      buryAll(sql, job, action, nowMs);
      break;
    case 'retry':
      postponeJob(sql, job.id, { attempts: job.attempts + 1, nextMs: nowMs + action.delayMs, settling: null });
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

function buryAll(sql: SqlStorage, job: Job, { reason, error }: Action & { kind: 'bury' }, nowMs: number): void {
  deleteJob(sql, job.id);
  for (const item of job.items) {
    buryItem(sql, { lane: job.lane, item, reason, error, attempts: job.attempts + 1 }, nowMs);
  }
}

function evict(sql: SqlStorage, job: Job, { dead, duplicate, amend }: Action & { kind: 'evict' }, nowMs: number): void {
  const duplicates = new Set(duplicate);
  const rest: FrozenItem[] = [];
  for (const [index, item] of job.items.entries()) {
    const error = dead.get(index);
    const droppable = amend.get(index);
    if (duplicates.has(index)) countOutcome(sql, { lane: job.lane, outcome: 'duplicate', reason: '', n: 1 });
    else if (error)
      buryItem(sql, { lane: job.lane, item, reason: 'klaviyo_rejected', error, attempts: job.attempts + 1 }, nowMs);
    else rest.push(droppable ? dropIdentifier(item, droppable) : item);
  }
  // Klaviyo may have processed none of them: the rest goes again at once.
  if (rest.length > 0) replaceItems(sql, job.id, rest, nowMs);
  else deleteJob(sql, job.id);
}

function settle(sql: SqlStorage, job: Job, dead: ReadonlyMap<number, KlaviyoError>, nowMs: number): void {
  for (const [index, error] of dead) {
    const item = job.items[index];
    if (item)
      buryItem(sql, { lane: job.lane, item, reason: 'klaviyo_rejected', error, attempts: job.attempts + 1 }, nowMs);
  }
  countOutcome(sql, { lane: job.lane, outcome: 'delivered', reason: '', n: job.items.length - dead.size });
  deleteJob(sql, job.id);
}

function dropIdentifier(item: FrozenItem, name: Droppable): FrozenItem {
  const { [name]: _refused, ...who } = item.who;
  if (item.lane !== 'subscribe' || name !== 'phone_number') return { ...item, who };
  return { ...item, who, channels: item.channels.filter((channel) => channel !== 'sms') };
}

function split(sql: SqlStorage, job: Job, nowMs: number): void {
  const half = Math.ceil(job.items.length / 2);
  for (const items of [job.items.slice(0, half), job.items.slice(half)]) insertJob(sql, { ...job, items }, nowMs);
  deleteJob(sql, job.id);
}

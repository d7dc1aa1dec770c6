import { OPERATIONS, type Operation } from '../klaviyo/operations.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_CONNECTIONS, MAX_CONSENT_CONNECTIONS } from './limits.ts';
import { nextPermit } from './nextPermit.ts';
import type { Outbox } from './Outbox.ts';
import { openAt, reserveProbe } from './stops.ts';
import { readCalls } from './tables/calls.ts';
import { type Job, type JobHead, readJob, readJobHeads } from './tables/jobs.ts';

/** The most urgent job that may go now, marked as on its way. */
export function chooseJob(outbox: Outbox): Job | undefined {
  const now = outbox.now();
  const heads = sendableJobs(outbox).sort((a, b) => laneOf(a.lane).priority - laneOf(b.lane).priority);
  const head = heads.find((candidate) => hasConnection(outbox, candidate) && jobDueAt(outbox, candidate) <= now);
  if (!head) return undefined;
  outbox.busy.set(head.id, head.lane);
  outbox.stops = reserveProbe(outbox.stops, nextOperation(head), now);
  return readJob(outbox.sql, head.id);
}

/** Jobs that may go. In a lane that settles one after the other, or a try that comes late would bring old values back. */
export function sendableJobs({ sql, busy }: Outbox): JobHead[] {
  const heads = readJobHeads(sql);
  const isInTurn = (head: JobHead) =>
    !laneOf(head.lane).settles || !heads.some((other) => other.lane === head.lane && isBefore(other, head));
  return heads.filter((head) => !busy.has(head.id) && isInTurn(head));
}

/** When a job may go: its own pause, what Klaviyo closed, and the rate limit. */
export function jobDueAt(outbox: Outbox, head: JobHead): number {
  const operation = nextOperation(head);
  return Math.max(head.nextMs, openAt(outbox.stops, operation), permitAt(outbox, operation));
}

/** When the account's limits allow the next call of an operation. */
export function permitAt(outbox: Outbox, operation: Operation): number {
  const { sql, klaviyo } = outbox;
  return nextPermit(readCalls(sql, operation), OPERATIONS[operation].limit, klaviyo.share, outbox.now());
}

function hasConnection({ busy }: Outbox, { lane: name }: JobHead): boolean {
  const lane = laneOf(name);
  const others = [...busy.values()].map(laneOf);
  const pool = lane.consent ? MAX_CONSENT_CONNECTIONS : MAX_CONNECTIONS;
  return (
    others.filter(({ consent }) => consent === lane.consent).length < pool &&
    others.filter((other) => other === lane).length < lane.maxInFlight
  );
}

/** Whether a job comes before another: what settles already, then the older one. */
function isBefore(a: JobHead, b: JobHead): boolean {
  const settling = Number(b.settling !== null) - Number(a.settling !== null);
  return (settling || a.receivedMs - b.receivedMs || a.id - b.id) < 0;
}

/** What the job's next call will be. */
function nextOperation(head: JobHead): Operation {
  return head.settling === null ? laneOf(head.lane).operation : 'get_bulk_import_profiles_job';
}

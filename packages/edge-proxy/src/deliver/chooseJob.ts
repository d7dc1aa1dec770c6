import type { Operation } from '../klaviyo/operations.ts';
import { laneOf } from './lanes/index.ts';
import { AGE_MS_PER_PRIORITY, MAX_CONNECTIONS, MAX_CONSENT_CONNECTIONS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { permitAt } from './permitAt.ts';
import { openAt, reserveProbe } from './stops.ts';
import { type Job, type JobHead, readItems, readJobHeads } from './tables/jobs.ts';

/** A job that waits for its turn, and when it may go: its own pause, what Klaviyo closed, and the rate limits. */
export interface Candidate {
  head: JobHead;
  dueMs: number;
}

/** The most urgent job that may go now, marked as on its way. */
export function chooseJob(outbox: Outbox, { consentOnly = false } = {}): Job | undefined {
  const now = outbox.now();
  const chosen = listCandidates(outbox)
    .filter(({ head, dueMs }) => dueMs <= now && hasConnection(outbox, head))
    .filter(({ head }) => !consentOnly || laneOf(head.lane).consent)
    .sort((a, b) => rank(a.head, now) - rank(b.head, now))[0];
  if (!chosen) return undefined;
  const { head } = chosen;
  outbox.busy.set(head.id, head.lane);
  outbox.stops = nextOperations(head).reduce((stops, operation) => reserveProbe(stops, operation, now), outbox.stops);
  return { ...head, items: takeItems(outbox, head) };
}

/** A job that was frozen a moment ago need not be read back: parsing is half of what delivery costs. */
function takeItems({ sql, fresh }: Outbox, { id }: JobHead): Job['items'] {
  const items = fresh.get(id) ?? readItems(sql, id);
  // Its first call may change the row, which alone is true from then on.
  fresh.delete(id);
  return items;
}

/** Every job that waits for its turn. Stops and limits are read once, however many jobs wait for them. */
export function listCandidates(outbox: Outbox): Candidate[] {
  const { stops } = outbox;
  const openMs = new Map<Operation, number>();
  const openAtOf = (operation: Operation): number => {
    const known = openMs.get(operation) ?? Math.max(openAt(stops, operation), permitAt(outbox, operation));
    openMs.set(operation, known);
    return known;
  };
  return sendableJobs(outbox).map((head) => ({
    head,
    dueMs: Math.max(head.nextMs, ...nextOperations(head).map(openAtOf)),
  }));
}

/** Jobs that may go, where they keep an order only the first of it. */
function sendableJobs({ sql, busy }: Outbox): JobHead[] {
  const heads = readJobHeads(sql);
  const isInTurn = (head: JobHead) => {
    const { inOrder } = laneOf(head.lane);
    const isAhead = (other: JobHead) =>
      other.lane === head.lane && (inOrder === 'lane' || other.run === head.run) && isBefore(other, head);
    return inOrder === undefined || !heads.some(isAhead);
  };
  return heads.filter((head) => !busy.has(head.id) && isInTurn(head));
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

/**
 * By priority, and nothing starves: what has long been due goes before what has just become so. Except on consent's own
 * connection, where an opt-out never stands behind a sign-up.
 */
function rank({ lane: name, nextMs }: JobHead, nowMs: number): number {
  const { consent, priority } = laneOf(name);
  return consent ? priority : priority - (nowMs - nextMs) / AGE_MS_PER_PRIORITY;
}

/** Whether a job comes before another: what settles already, then the older one. */
function isBefore(a: JobHead, b: JobHead): boolean {
  const settling = Number(b.settling !== null) - Number(a.settling !== null);
  return (settling || a.receivedMs - b.receivedMs || a.id - b.id) < 0;
}

/** What the job's next step will call, in order. */
function nextOperations({ settling, lane: name, run }: JobHead): Operation[] {
  if (settling !== null) return ['get_bulk_import_profiles_job', 'get_errors_for_bulk_import_profiles_job'];
  const lane = laneOf(name);
  const lookUp = lane.lookUp?.(run);
  return lookUp ? [lookUp.operation, lane.operation(run)] : [lane.operation(run)];
}

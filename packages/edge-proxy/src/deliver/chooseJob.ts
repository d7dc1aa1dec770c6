import type { Operation } from '../klaviyo/operations.ts';
import { logDefect } from '../logDefect.ts';
import type { Lane, Turn } from './lane.ts';
import { laneOf } from './lanes/index.ts';
import { AGE_MS_PER_PRIORITY, MAX_CONNECTIONS, MAX_CONSENT_CONNECTIONS, MAX_SLEEP_MS } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { permitAt } from './permitAt.ts';
import { openAt, reserveProbe } from './stops.ts';
import type { Waiting } from './tables/inbox.ts';
import { type Job, type JobHead, postponeJob, readItems, readJobHeads } from './tables/jobs.ts';

/** A job that waits for its turn, and when it may go: its own pause, what Klaviyo closed, and the rate limits. */
interface Candidate {
  head: JobHead;
  dueMs: number;
}

/** The most urgent job that may go now, marked as on its way. */
export function chooseJob(outbox: Outbox, { consentOnly = false } = {}): Job | undefined {
  const now = outbox.now();
  const candidates = listCandidates(outbox)
    .filter(({ head, dueMs }) => dueMs <= now && hasConnection(outbox, head))
    .filter(({ head }) => !consentOnly || laneOf(head.lane).consent)
    .sort((a, b) => rank(a.head, now) - rank(b.head, now));
  for (const { head } of candidates) {
    const items = takeItems(outbox, head);
    if (!items || !claimPeople(outbox, head, items)) continue;
    outbox.busy.set(head.id, head.lane);
    outbox.stops = nextOperations(head).reduce((stops, operation) => reserveProbe(stops, operation, now), outbox.stops);
    return { ...head, items };
  }
  return undefined;
}

/** One call an address at a time: of two changes of its consent nobody knows which Klaviyo takes first. */
function claimPeople({ changing }: Outbox, { id, lane }: JobHead, items: Job['items']): boolean {
  if (!laneOf(lane).consent) return true;
  const people = items.flatMap(({ subjects }) => subjects);
  if ([...changing.values()].some((others) => people.some((subject) => others.has(subject)))) return false;
  changing.set(id, new Set(people));
  return true;
}

/** A job that was frozen a moment ago need not be read back and parsed. */
function takeItems(outbox: Outbox, { id, attempts, settling }: JobHead): Job['items'] | undefined {
  const { sql, fresh } = outbox;
  try {
    const items = fresh.get(id) ?? readItems(sql, id);
    // Its first call may change the row, which alone is true from then on.
    fresh.delete(id);
    return items;
  } catch (error) {
    // A row that this release cannot read is kept for one that can, and holds up no other.
    logDefect('a job cannot be read', error);
    postponeJob(sql, id, { attempts, nextMs: outbox.now() + MAX_SLEEP_MS, settling });
    return undefined;
  }
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
function sendableJobs({ sql, busy, inbox }: Outbox): JobHead[] {
  const heads = readJobHeads(sql);
  const others: Turn[] = [...heads, ...inbox.waiting().map(toTurn)];
  const isInTurn = (head: JobHead) => {
    const { inOrder } = laneOf(head.lane);
    const isAhead = (other: JobHead) =>
      other.lane === head.lane && (inOrder === 'lane' || other.run === head.run) && isBefore(other, head);
    return (
      (inOrder === undefined || !heads.some(isAhead)) &&
      !others.some((other) => laneOf(head.lane).waitsFor?.(head, other))
    );
  };
  return heads.filter((head) => !busy.has(head.id) && isInTurn(head));
}

/** What is in the inbox comes after every job there is. */
function toTurn({ lane, oldestMs }: Waiting): Turn {
  const last = Number.POSITIVE_INFINITY;
  return { lane, receivedMs: oldestMs, createdMs: last, place: last };
}

function hasConnection({ busy }: Outbox, { lane: name }: JobHead): boolean {
  const lane = laneOf(name);
  const others = [...busy.values()].map(laneOf);
  const pool = lane.consent ? MAX_CONSENT_CONNECTIONS : MAX_CONNECTIONS;
  // An opt-out waits for no sign-up that hangs.
  const shares = (other: Lane) => other.consent === lane.consent && other.withdraws === lane.withdraws;
  return others.filter(shares).length < pool && others.filter((other) => other === lane).length < lane.maxInFlight;
}

/**
 * By priority, and nothing starves: what has long been due goes before what has just become so. Except on consent's own
 * connection, where an opt-out never stands behind a sign-up.
 */
function rank({ lane: name, nextMs }: JobHead, nowMs: number): number {
  const { consent, priority } = laneOf(name);
  return consent ? priority : priority - (nowMs - nextMs) / AGE_MS_PER_PRIORITY;
}

/** Whether a job comes before another: what settles already, then in the order in which they left the inbox. */
function isBefore(a: JobHead, b: JobHead): boolean {
  const settling = Number(b.settling !== null) - Number(a.settling !== null);
  return (settling || a.place - b.place || a.id - b.id) < 0;
}

/** What the job's next step will call, in order. */
function nextOperations({ settling, lane: name, run }: JobHead): Operation[] {
  if (settling !== null) return ['get_bulk_import_profiles_job', 'get_errors_for_bulk_import_profiles_job'];
  const lane = laneOf(name);
  const lookUp = lane.lookUp?.(run);
  return lookUp ? [lookUp.operation, lane.operation(run)] : [lane.operation(run)];
}

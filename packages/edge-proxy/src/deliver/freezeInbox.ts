import type { LaneName } from '../map/item.ts';
import { type Pack, packBySize } from '../packBySize.ts';
import { type Batch, batchWaiting, peekBatch } from './batch.ts';
import { type FrozenItem, freeze, readyAt, wasFrozen } from './freeze.ts';
import { judgeItems } from './gate.ts';
import { addSubjects, readLine, writeLine } from './itemLine.ts';
import type { Lane } from './lane.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_JOB_BYTES, MAX_JOBS, MAX_READY_JOBS, MAX_ROW_BYTES, MERGE_WAIT_MS, RECOVERY_MS } from './limits.ts';
import { logRefused, type Refused } from './logRefused.ts';
import { MERGES_GROUP } from './Merges.ts';
import type { Outbox } from './Outbox.ts';
import { lastBlock } from './tables/blocked.ts';
import { keepCopy } from './tables/copies.ts';
import { countJobs, insertJob, oldestOf } from './tables/jobs.ts';
import { openOnce } from './tables/once.ts';
import { countOutcome } from './tables/outcomes.ts';

interface Choice {
  consentOnly: boolean;
  except: ReadonlySet<LaneName>;
}

/** A batch of this lane becomes jobs. */
interface Freezing {
  lane: LaneName;
  done: Promise<void>;
}

/**
 * Begins to turn the most urgent batch that is ready into jobs: one of each lane at a time, so that opt-outs, which need
 * no database, do not wait for one that is slow. Undefined when nothing is ready.
 */
export function freezeNext(outbox: Outbox, { consentOnly, except }: Choice): Freezing | undefined {
  const now = outbox.now();
  const jobs = countJobs(outbox.sql, now);
  const batch = batchWaiting(outbox.inbox.waiting())
    .filter(({ lane }) => !except.has(lane) && (laneOf(lane).consent || !consentOnly))
    .filter((ready) => batchDueAt(outbox, ready, jobs) <= now)
    .sort(byPriority)[0];
  if (!batch) return undefined;
  // Before the ledger is read: what is withdrawn meanwhile may be in neither answer.
  const askedSeq = lastBlock(outbox.sql);
  outbox.freezing.set(batch.lane, askedSeq);
  return {
    lane: batch.lane,
    done: freezeBatch(outbox, batch, askedSeq).finally(() => outbox.freezing.delete(batch.lane)),
  };
}

/** When the first batch of the inbox may become a job; infinite while none may. */
export function inboxDueAt(outbox: Outbox): number {
  const jobs = countJobs(outbox.sql, outbox.now());
  return Math.min(...batchWaiting(outbox.inbox.waiting()).map((batch) => batchDueAt(outbox, batch, jobs)));
}

/** A lane with all the jobs it may have takes no more until one of them ends. */
function batchDueAt(outbox: Outbox, batch: Batch, jobs: ReturnType<typeof countJobs>): number {
  const { all, ready } = jobs.get(batch.lane) ?? { all: 0, ready: 0 };
  if (ready >= MAX_READY_JOBS || all >= MAX_JOBS) return Number.POSITIVE_INFINITY;
  // The end of a freezing wakes whoever waits; this is for a life that did not wait for it.
  if (outbox.freezing.has(batch.lane)) return outbox.now() + RECOVERY_MS;
  const { merges } = outbox;
  if (isOfMerges(batch)) return merges.areNeedless(batch.items) ? batch.oldestMs : batch.oldestMs + MERGE_WAIT_MS;
  return readyAt(batch, laneOf(batch.lane), outbox.settings.config.delivery, MAX_JOB_BYTES);
}

async function freezeBatch(outbox: Outbox, batch: Batch, askedSeq: number): Promise<void> {
  const { sql, inbox, account, ground, settings } = outbox;
  const heads = peekBatch(inbox, batch, storedBy(outbox, batch));
  const lines = heads.flatMap((head) => head.lines);
  const taken = lines.map((line) => readLine(line));
  // Stitching gives an item another `who`, so whoever still has this one is as the line says.
  const lineOf = new Map(taken.map((item, at) => [item.who, wasFrozen(item) ? undefined : lines[at]]));
  const toLine = (item: FrozenItem) => {
    const line = lineOf.get(item.who);
    return line === undefined ? writeLine(item) : addSubjects(line, item);
  };
  const items = outbox.merges.sift(taken);
  const { config, ledgerKeys } = settings;
  const lane = laneOf(batch.lane);
  const judged = await judgeItems(items, lane, { db: ground.db, account, ledgerKeys, identity: config.identity });
  const now = outbox.now();
  const jobs = new Map<number, FrozenItem[]>();
  const refusals: Refused[] = [];
  outbox.transaction(() => {
    const once = openOnce(sql, now);
    const { items: kept, refused, duplicates, copies } = freeze(judged, lane, once.claim);
    once.save();
    for (const copy of copies) keepCopy(sql, copy, now);
    for (const head of heads) inbox.take(head);
    for (const { things, text } of divide(kept, lane, toLine)) {
      const run = things[0] && lane.runKey ? lane.runKey(things[0]) : '';
      const job = { lane: batch.lane, items: things, attempts: 0, receivedMs: oldestOf(things), run, askedSeq };
      jobs.set(insertJob(sql, job, now, text), things);
    }
    for (const [reason, those] of Map.groupBy(refused, ({ reason }) => reason)) {
      countOutcome(sql, { lane: batch.lane, outcome: 'refused', reason, n: those.length }, now);
      refusals.push({ account, lane: batch.lane, reason, deciders: those.map(({ decider }) => decider) });
    }
    const repeated = duplicates.length + taken.length - items.length;
    countOutcome(sql, { lane: batch.lane, outcome: 'duplicate', reason: '', n: repeated }, now);
  });
  for (const refusal of refusals) logRefused(refusal);
  outbox.merges.forget(taken);
  for (const frozen of jobs.values()) outbox.merges.note(frozen);
  for (const [id, frozen] of jobs) outbox.fresh.set(id, frozen);
}

function isOfMerges({ groups: [group] }: Batch): boolean {
  return group?.grp === MERGES_GROUP;
}

/** Each `Identified` event has its whole minute, however long the one before it has waited. */
function storedBy(outbox: Outbox, batch: Batch): number | undefined {
  const waits = isOfMerges(batch) && !outbox.merges.areNeedless(batch.items);
  return waits ? outbox.now() - MERGE_WAIT_MS : undefined;
}

/** What goes in one call each. Freezing makes items longer (subjects, a stitched address): a row may not hold them all. */
function divide(kept: FrozenItem[], lane: Lane, toLine: (item: FrozenItem) => string): Pack<FrozenItem>[] {
  const calls = lane.divide?.(kept) ?? [kept];
  return calls.flatMap((items) => packBySize(items, MAX_ROW_BYTES, toLine));
}

function byPriority(a: Batch, b: Batch): number {
  return laneOf(a.lane).priority - laneOf(b.lane).priority || a.oldestMs - b.oldestMs;
}

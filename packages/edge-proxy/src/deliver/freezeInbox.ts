import type { Item } from '../map/item.ts';
import { packBySize } from '../packBySize.ts';
import { type Batch, batchWaiting, peekBatch } from './batch.ts';
import { freeze, readyAt } from './freeze.ts';
import { openGate } from './gate.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_JOB_BYTES, MAX_READY_JOBS, MAX_ROW_BYTES } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { advanceHead, readWaiting } from './tables/inbox.ts';
import { insertJob, oldestOf, readJobHeads } from './tables/jobs.ts';
import { claimOnce, countOutcome } from './tables/outcomes.ts';

interface FrozenInbox {
  /** Batches of which a job was made. */
  frozen: number;
  /** What went wrong; what it concerns stays in the inbox. */
  troubles: unknown[];
}

/** Turns what is ready in the inbox into jobs, one a batch. */
export async function freezeInbox(outbox: Outbox): Promise<FrozenInbox> {
  const result: FrozenInbox = { frozen: 0, troubles: [] };
  for (const batch of batchWaiting(readWaiting(outbox.sql)).sort(byPriority)) {
    if (inboxDueAt(outbox, batch) > outbox.now()) continue;
    try {
      await freezeBatch(outbox, batch);
      result.frozen += 1;
    } catch (error) {
      result.troubles.push(error);
    }
  }
  return result;
}

/** When a batch of the inbox may become a job. A lane with all the jobs it may have takes no more until one of them ends. */
export function inboxDueAt({ sql, settings }: Outbox, batch: Batch): number {
  const ready = readJobHeads(sql).filter(({ lane }) => lane === batch.lane).length;
  if (ready >= MAX_READY_JOBS) return Number.POSITIVE_INFINITY;
  return readyAt(batch, laneOf(batch.lane), settings.config.delivery, MAX_JOB_BYTES);
}

async function freezeBatch(outbox: Outbox, batch: Batch): Promise<void> {
  const { sql, account, ground, settings } = outbox;
  const heads = peekBatch(sql, batch);
  const items = heads.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as Item));
  const { config, ledgerKeys } = settings;
  const gate = await openGate(items, { db: ground.db, account, ledgerKeys, identity: config.identity });
  const now = outbox.now();
  outbox.transaction(() => {
    const {
      items: kept,
      refused,
      duplicates,
    } = freeze(items, gate, laneOf(batch.lane), (claim) => claimOnce(sql, claim, now));
    for (const head of heads) advanceHead(sql, head);
    // Freezing makes items longer (subjects, a stitched address): what came from one row may need several.
    for (const row of packBySize(kept, MAX_ROW_BYTES))
      insertJob(sql, { lane: batch.lane, items: row, attempts: 0, receivedMs: oldestOf(row) }, now);
    for (const { reason } of refused) countOutcome(sql, { lane: batch.lane, outcome: 'refused', reason, n: 1 });
    countOutcome(sql, { lane: batch.lane, outcome: 'duplicate', reason: '', n: duplicates.length });
  });
}

function byPriority(a: Batch, b: Batch): number {
  return laneOf(a.lane).priority - laneOf(b.lane).priority || a.oldestMs - b.oldestMs;
}

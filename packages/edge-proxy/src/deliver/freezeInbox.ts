import type { Item, LaneName } from '../map/item.ts';
import { packBySize } from '../packBySize.ts';
import { freeze, readyAt } from './freeze.ts';
import { openGate } from './gate.ts';
import { laneOf } from './lanes/index.ts';
import { MAX_JOB_BYTES, MAX_READY_JOBS, MAX_ROW_BYTES } from './limits.ts';
import type { Outbox } from './Outbox.ts';
import { advanceHead, peekHead, readWaiting, type Waiting } from './tables/inbox.ts';
import { insertJob, oldestOf, readJobHeads } from './tables/jobs.ts';
import { claimOnce, countOutcome } from './tables/outcomes.ts';

interface FrozenInbox {
  /** Groups of which a job was made. */
  frozen: number;
  /** What went wrong; what it concerns stays in the inbox. */
  troubles: unknown[];
}

/** Turns what is ready in the inbox into jobs, one a group. */
export async function freezeInbox(outbox: Outbox): Promise<FrozenInbox> {
  const result: FrozenInbox = { frozen: 0, troubles: [] };
  for (const waiting of readWaiting(outbox.sql).sort(byPriority)) {
    if (inboxDueAt(outbox, waiting) > outbox.now()) continue;
    try {
      await freezeHead(outbox, waiting);
      result.frozen += 1;
    } catch (error) {
      result.troubles.push(error);
    }
  }
  return result;
}

/** When a group of the inbox may become a job. A lane with all the jobs it may have takes no more until one of them ends. */
export function inboxDueAt({ sql, settings }: Outbox, waiting: Waiting): number {
  const ready = readJobHeads(sql).filter(({ lane }) => lane === waiting.lane).length;
  if (ready >= MAX_READY_JOBS) return Number.POSITIVE_INFINITY;
  return readyAt(waiting, laneOf(waiting.lane), settings.config.delivery, MAX_JOB_BYTES);
}

async function freezeHead(outbox: Outbox, { lane: name, grp }: { lane: LaneName; grp: string }): Promise<void> {
  const { sql, account, ground, settings } = outbox;
  const lane = laneOf(name);
  const head = peekHead(sql, name, grp, { maxItems: lane.maxItems, maxBytes: MAX_JOB_BYTES });
  const items = head.lines.map((line) => JSON.parse(line) as Item);
  const { config, ledgerKeys } = settings;
  const gate = await openGate(items, { db: ground.db, account, ledgerKeys, identity: config.identity });
  const now = outbox.now();
  outbox.transaction(() => {
    const { items: kept, refused, duplicates } = freeze(items, gate, lane, (claim) => claimOnce(sql, claim, now));
    advanceHead(sql, head);
    // Freezing makes items longer (subjects, a stitched address): what came from one row may need several.
    for (const row of packBySize(kept, MAX_ROW_BYTES))
      insertJob(sql, { lane: name, items: row, attempts: 0, receivedMs: oldestOf(row) }, now);
    for (const { reason } of refused) countOutcome(sql, { lane: name, outcome: 'refused', reason, n: 1 });
    countOutcome(sql, { lane: name, outcome: 'duplicate', reason: '', n: duplicates.length });
  });
}

function byPriority(a: Waiting, b: Waiting): number {
  return laneOf(a.lane).priority - laneOf(b.lane).priority || a.oldestMs - b.oldestMs;
}

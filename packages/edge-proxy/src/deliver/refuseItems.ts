import type { ErrorCode } from '@sluice/shared';
import { admitCopies } from './admitCopies.ts';
import type { FrozenItem } from './freeze.ts';
import { type Decider, logRefused } from './logRefused.ts';
import type { Outbox } from './Outbox.ts';
import { onceKey } from './onceKey.ts';
import { takeCopy } from './tables/copies.ts';
import { deleteJob, type Job, replaceItems } from './tables/jobs.ts';
import { releaseOnce } from './tables/once.ts';
import { countOutcome } from './tables/outcomes.ts';

interface Refusal {
  refused: readonly FrozenItem[];
  /** What is left of the job. */
  items: readonly FrozenItem[];
  reason: ErrorCode;
  /** The entry of the ledger against an item. */
  deciderOf: (item: FrozenItem) => Decider | undefined;
}

/** Takes items out of a job before its call. */
export function refuseItems(outbox: Outbox, job: Job, { refused, items, reason, deciderOf }: Refusal): void {
  const { sql } = outbox;
  const now = outbox.now();
  outbox.transaction(() => {
    if (items.length > 0) replaceItems(sql, job.id, items, job.nextMs);
    else deleteJob(sql, job.id);
    countOutcome(sql, { lane: job.lane, outcome: 'refused', reason, n: refused.length }, now);
    // A back end may report the same order, under a purpose of its own. Unless Klaviyo may have taken an earlier try.
    const keys = job.attempts === 0 ? refused.flatMap((item) => (item.holdsKey ? [] : (onceKey(item) ?? []))) : [];
    for (const key of keys) releaseOnce(sql, key, now);
    admitCopies(
      outbox,
      job.lane,
      keys.flatMap((key) => takeCopy(sql, key) ?? []),
    );
  });
  logRefused({ account: outbox.account, lane: job.lane, reason, deciders: refused.map(deciderOf) });
}

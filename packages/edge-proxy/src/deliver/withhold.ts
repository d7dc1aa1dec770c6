import { admitCopies } from './admitCopies.ts';
import { concerns } from './concerns.ts';
import type { FrozenItem } from './freeze.ts';
import type { Outbox } from './Outbox.ts';
import { onceKey } from './onceKey.ts';
import { lastBlock, readBlocks } from './tables/blocked.ts';
import { takeCopy } from './tables/copies.ts';
import { deleteJob, type Job, replaceItems } from './tables/jobs.ts';
import { releaseOnce } from './tables/once.ts';
import { countOutcome } from './tables/outcomes.ts';

/** Refuses what was withdrawn since a job was frozen. The rest of it goes unchanged; undefined when nothing is left. */
export function withhold(outbox: Outbox, job: Job): Job | undefined {
  if (lastBlock(outbox.sql) === job.askedSeq) return job;
  const subjects = new Set(job.items.flatMap((item) => item.subjects));
  const denials = Map.groupBy(readBlocks(outbox.sql, job.askedSeq, [...subjects]), ({ subject }) => subject);
  if (denials.size === 0) return job;
  const isDenied = (item: FrozenItem) =>
    item.subjects.some((subject) => denials.get(subject)?.some((denial) => concerns(denial, item)));
  const { true: denied = [], false: items = [] } = Object.groupBy(job.items, (item) => `${isDenied(item) ?? false}`);
  if (denied.length > 0) outbox.transaction(() => refuse(outbox, job, { denied, items }));
  return items.length > 0 ? { ...job, items } : undefined;
}

function refuse(outbox: Outbox, job: Job, { denied, items }: Record<'denied' | 'items', FrozenItem[]>): void {
  const { sql } = outbox;
  const now = outbox.now();
  if (items.length > 0) replaceItems(sql, job.id, items, job.nextMs);
  else deleteJob(sql, job.id);
  const refused = { lane: job.lane, outcome: 'refused', reason: 'consent_denied', n: denied.length } as const;
  countOutcome(sql, refused, now);
  // A back end may report the same order, under a purpose of its own. Unless Klaviyo may have taken an earlier try.
  const keys = job.attempts === 0 ? denied.flatMap((item) => (item.holdsKey ? [] : (onceKey(item) ?? []))) : [];
  for (const key of keys) releaseOnce(sql, key, now);
  admitCopies(
    outbox,
    job.lane,
    keys.flatMap((key) => takeCopy(sql, key) ?? []),
  );
}

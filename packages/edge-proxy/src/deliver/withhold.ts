import { concerns } from './concerns.ts';
import type { FrozenItem } from './freeze.ts';
import type { Outbox } from './Outbox.ts';
import { refuseItems } from './refuseItems.ts';
import { lastBlock, readBlocks } from './tables/blocked.ts';
import type { Job } from './tables/jobs.ts';

/** Refuses what was withdrawn since a job was frozen. The rest of it goes unchanged; undefined when nothing is left. */
export function withhold(outbox: Outbox, job: Job): Job | undefined {
  if (lastBlock(outbox.sql) === job.askedSeq) return job;
  const subjects = new Set(job.items.flatMap((item) => item.subjects));
  const denials = Map.groupBy(readBlocks(outbox.sql, job.askedSeq, [...subjects]), ({ subject }) => subject);
  if (denials.size === 0) return job;
  const isDenied = (item: FrozenItem) =>
    item.subjects.some((subject) => denials.get(subject)?.some((denial) => concerns(denial, item)));
  const { true: denied = [], false: items = [] } = Object.groupBy(job.items, (item) => `${isDenied(item) ?? false}`);
  if (denied.length > 0) refuseItems(outbox, job, { refused: denied, items, reason: 'consent_denied' });
  return items.length > 0 ? { ...job, items } : undefined;
}

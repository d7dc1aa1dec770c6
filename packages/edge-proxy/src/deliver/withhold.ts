import { deniedBy } from './deniedBy.ts';
import type { Outbox } from './Outbox.ts';
import { refuseItems } from './refuseItems.ts';
import { lastBlock, readBlocks } from './tables/blocked.ts';
import type { Job } from './tables/jobs.ts';

/** Refuses what was withdrawn since a job was frozen. The rest of it goes unchanged; undefined when nothing is left. */
export function withhold(outbox: Outbox, job: Job): Job | undefined {
  if (lastBlock(outbox.sql) === job.askedSeq) return job;
  const subjects = new Set(job.items.flatMap((item) => item.subjects));
  const isDenied = deniedBy(readBlocks(outbox.sql, job.askedSeq, [...subjects]));
  const denied = job.items.filter(isDenied);
  if (denied.length === 0) return job;
  const items = job.items.filter((item) => !isDenied(item));
  refuseItems(outbox, job, { refused: denied, items, reason: 'consent_denied' });
  return items.length > 0 ? { ...job, items } : undefined;
}

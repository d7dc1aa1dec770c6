import { concerns } from './concerns.ts';
import { denialsBySubject } from './denialsBySubject.ts';
import type { FrozenItem } from './freeze.ts';
import { narrow } from './narrow.ts';
import type { Outbox } from './Outbox.ts';
import { refuseItems } from './refuseItems.ts';
import { lastBlock, readBlocks } from './tables/blocked.ts';
import { lostCallsUntil } from './tables/calls.ts';
import { type Job, postponeJob } from './tables/jobs.ts';

/** Refuses what was withdrawn since a job was frozen. Of a sign-up by two channels the other one goes, and the rest unchanged; undefined when nothing is left. */
export function withhold(outbox: Outbox, job: Job): Job | undefined {
  if (lastBlock(outbox.sql) === job.askedSeq) return job;
  const subjects = new Set(job.items.flatMap((item) => item.subjects));
  const denials = readBlocks(outbox.sql, job.askedSeq, [...subjects]);
  if (denials.length === 0) return job;
  const denialsOf = denialsBySubject(denials);
  const left = job.items.map((item) => narrow(item, denialsOf(item)));
  const items = left.filter((item) => item !== undefined);
  const refused = job.items.filter((_, index) => !left[index]);
  const deciderOf = (item: FrozenItem) => denialsOf(item).find((denial) => concerns(denial, item));
  if (refused.length === 0) return { ...job, items };
  // What a call of an earlier life may still bring is kept for as long, so that every answer can name it.
  const lostUntilMs = job.id <= outbox.inheritedJob ? lostCallsUntil(outbox.sql, outbox.now()) : undefined;
  if (lostUntilMs !== undefined) {
    postponeJob(outbox.sql, job.id, { ...job, nextMs: lostUntilMs });
    return undefined;
  }
  refuseItems(outbox, job, { refused, items, reason: 'consent_denied', deciderOf });
  return items.length > 0 ? { ...job, items } : undefined;
}

import type { FrozenItem } from '../freeze.ts';
import type { Job } from '../tables/jobs.ts';
import { endReadBack, planReadBacks } from '../tables/readBacks.ts';
import { changesOf } from './changesOf.ts';
import type { Contact } from './contactsOf.ts';

/** Klaviyo took a job: whose consent it changed is read back, and whoever it erased never again, or a repair would bring them back. */
export function noteChange(sql: SqlStorage, job: Job, nowMs: number): void {
  for (const contact of job.items.flatMap(erasedContacts)) endReadBack(sql, contact);
  const isOptOut = job.lane === 'unsubscribe';
  // Some earlier try may have arrived without an answer.
  planReadBacks(sql, job.items.flatMap(changesOf), { sentMs: job.createdMs, answeredMs: nowMs, isOptOut });
}

function erasedContacts(item: FrozenItem): Contact[] {
  if (item.lane !== 'erase') return [];
  const { email, phone_number } = item.who;
  if (email !== undefined) return [{ channel: 'email', address: email }];
  return phone_number === undefined ? [] : [{ channel: 'sms', address: phone_number }];
}

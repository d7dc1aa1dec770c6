import type { FrozenItem } from '../freeze.ts';
import type { Job } from '../tables/jobs.ts';
import { eraseOwnOptOut, noteOwnOptOuts } from '../tables/ownOptOuts.ts';
import { endReadBack, planReadBacks } from '../tables/readBacks.ts';
import { type Change, changesOf } from './changesOf.ts';
import { type Contact, contactsOf } from './contactsOf.ts';

/**
 * A job goes, or got an answer by which Klaviyo may have taken it all the same: whose consent it changes is read back,
 * whatever becomes of it, and an opt-out that Klaviyo shows is known for ours.
 */
export function noteAttempt(sql: SqlStorage, job: Job, nowMs: number): void {
  note(sql, job, job.items.flatMap(contactsOf), nowMs);
}

/** Klaviyo took a job: it is known for which lists, and whoever it erased is read back never again, or a repair would bring them back. */
export function noteChange(sql: SqlStorage, job: Job, nowMs: number): void {
  for (const contact of job.items.flatMap(erasedContacts)) {
    endReadBack(sql, contact);
    eraseOwnOptOut(sql, contact);
  }
  note(sql, job, job.items.flatMap(changesOf), nowMs);
}

function note(sql: SqlStorage, { lane, createdMs }: Job, changes: readonly Change[], nowMs: number): void {
  planReadBacks(sql, changes, nowMs);
  if (lane === 'unsubscribe') noteOwnOptOuts(sql, changes, { sentMs: createdMs, answeredMs: nowMs });
}

function erasedContacts(item: FrozenItem): Contact[] {
  if (item.lane !== 'erase') return [];
  const { email, phone_number } = item.who;
  if (email !== undefined) return [{ channel: 'email', address: email }];
  return phone_number === undefined ? [] : [{ channel: 'sms', address: phone_number }];
}

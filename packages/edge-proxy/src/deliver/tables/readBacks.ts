import type { Channel } from '@sluice/shared';
import { READ_BACK_MS } from '../../consent/limits.ts';
import type { Change } from '../readBack/changesOf.ts';
import type { Contact } from '../readBack/contactsOf.ts';
import { readRows } from './readRows.ts';

/** A contact whose consent was changed and is to be read back. */
export interface ReadBack extends Contact {
  dueMs: number;
  /** When it is read for the last time. */
  lastMs: number;
  /** Repairs since Klaviyo last said the same as the ledger. */
  repairs: number;
  /** JSON: the lists that Klaviyo took a sign-up for, as the keys of an object. */
  lists: string;
}

/** When an opt-out of ours went, and when it was answered. */
export interface OwnOptOut extends Contact {
  sentMs: number;
  answeredMs: number;
}

const COLUMNS = 'channel, address, due_at AS dueMs, last_at AS lastMs, repairs, lists';

/**
 * Notes that Klaviyo took a change: it is read back from now on, whatever was planned before. Of opt-outs the first and
 * the last are kept: Klaviyo shows the time of the one that changed something.
 */
export function planReadBacks(
  sql: SqlStorage,
  changes: readonly Change[],
  { sentMs, answeredMs, isOptOut }: { sentMs: number; answeredMs: number; isOptOut: boolean },
): void {
  if (changes.length === 0) return;
  const query = `INSERT INTO read_backs (channel, address, lists, due_at, last_at, opt_out_at, opt_out_answered_at)
    SELECT value ->> 'channel', value ->> 'address',
      CASE WHEN value ->> 'list' IS NULL THEN '{}' ELSE json_object(value ->> 'list', 1) END, ?2, ?3, ?4, ?5 FROM json_each(?1) WHERE true
    ON CONFLICT (channel, address) DO UPDATE SET lists = json_patch(lists, excluded.lists),
      due_at = excluded.due_at, last_at = excluded.last_at,
      opt_out_at = coalesce(min(opt_out_at, excluded.opt_out_at), opt_out_at, excluded.opt_out_at),
      opt_out_answered_at = coalesce(excluded.opt_out_answered_at, opt_out_answered_at)`;
  const [firstMs, lastMs] = READ_BACK_MS;
  const optOut = isOptOut ? [sentMs, answeredMs] : [null, null];
  sql.exec(query, JSON.stringify(changes), answeredMs + firstMs, answeredMs + lastMs, ...optOut);
}

/** What is due, the oldest first. */
export function dueReadBacks(sql: SqlStorage, nowMs: number, limit: number): ReadBack[] {
  const query = `SELECT ${COLUMNS} FROM read_backs WHERE due_at <= ? ORDER BY due_at LIMIT ?`;
  return readRows<ReadBack>(sql, query, nowMs, limit);
}

/** The last opt-outs of ours among some contacts, as long as they are remembered. */
export function readOptOuts(sql: SqlStorage, contacts: readonly Contact[]): OwnOptOut[] {
  const query = `SELECT channel, address, opt_out_at AS sentMs, opt_out_answered_at AS answeredMs FROM read_backs
    WHERE opt_out_at IS NOT NULL
      AND (channel, address) IN (SELECT value ->> 'channel', value ->> 'address' FROM json_each(?))`;
  return readRows<OwnOptOut>(sql, query, JSON.stringify(contacts));
}

/** When a contact is looked at next. */
export function postponeReadBack(
  sql: SqlStorage,
  { channel, address, dueMs, repairs }: Pick<ReadBack, 'channel' | 'address' | 'dueMs' | 'repairs'>,
): void {
  const query = 'UPDATE read_backs SET due_at = ?, repairs = ? WHERE channel = ? AND address = ?';
  sql.exec(query, dueMs, repairs, channel, address);
}

export function endReadBack(sql: SqlStorage, { channel, address }: { channel: Channel; address: string }): void {
  sql.exec('DELETE FROM read_backs WHERE channel = ? AND address = ?', channel, address);
}

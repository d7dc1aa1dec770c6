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

const COLUMNS = 'channel, address, due_at AS dueMs, last_at AS lastMs, repairs, lists';

/** Plans the reading of what was changed at some time, whatever was planned before. */
export function planReadBacks(sql: SqlStorage, changes: readonly Change[], changedMs: number): void {
  if (changes.length === 0) return;
  const query = `INSERT INTO read_backs (channel, address, lists, due_at, last_at)
    SELECT value ->> 'channel', value ->> 'address',
      CASE WHEN value ->> 'list' IS NULL THEN '{}' ELSE json_object(value ->> 'list', 1) END, ?2, ?3 FROM json_each(?1) WHERE true
    ON CONFLICT (channel, address) DO UPDATE SET lists = json_patch(lists, excluded.lists),
      due_at = excluded.due_at, last_at = excluded.last_at`;
  const [firstMs, lastMs] = READ_BACK_MS;
  sql.exec(query, JSON.stringify(changes), changedMs + firstMs, changedMs + lastMs);
}

/** What is due, the oldest first. */
export function dueReadBacks(sql: SqlStorage, nowMs: number, limit: number): ReadBack[] {
  const query = `SELECT ${COLUMNS} FROM read_backs WHERE due_at <= ? ORDER BY due_at LIMIT ?`;
  return readRows<ReadBack>(sql, query, nowMs, limit);
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

import type { Contact } from '../readBack/contactsOf.ts';
import { readRows } from './readRows.ts';

/** When opt-outs of ours went for a contact, and when the last one went or was answered. Epoch milliseconds. */
export interface OwnOptOut extends Contact {
  sentMs: number;
  answeredMs: number;
}

/** Of several opt-outs the first and the last count: Klaviyo shows the time of the one that changed something. */
export function noteOwnOptOuts(
  sql: SqlStorage,
  contacts: readonly Contact[],
  { sentMs, answeredMs }: Pick<OwnOptOut, 'sentMs' | 'answeredMs'>,
): void {
  if (contacts.length === 0) return;
  const query = `INSERT INTO own_opt_outs (channel, address, sent_at, answered_at)
    SELECT value ->> 'channel', value ->> 'address', ?2, ?3 FROM json_each(?1) WHERE true
    ON CONFLICT (channel, address) DO UPDATE SET sent_at = min(sent_at, excluded.sent_at), answered_at = excluded.answered_at`;
  sql.exec(query, JSON.stringify(contacts), sentMs, answeredMs);
}

/** What is remembered of some contacts. */
export function readOwnOptOuts(sql: SqlStorage, contacts: readonly Contact[]): OwnOptOut[] {
  const query = `SELECT channel, address, sent_at AS sentMs, answered_at AS answeredMs FROM own_opt_outs
    WHERE (channel, address) IN (SELECT value ->> 'channel', value ->> 'address' FROM json_each(?))`;
  return readRows<OwnOptOut>(sql, query, JSON.stringify(contacts));
}

export function forgetOwnOptOuts(sql: SqlStorage, beforeMs: number): void {
  sql.exec('DELETE FROM own_opt_outs WHERE answered_at < ?', beforeMs);
}

export function eraseOwnOptOut(sql: SqlStorage, { channel, address }: Contact): void {
  sql.exec('DELETE FROM own_opt_outs WHERE channel = ? AND address = ?', channel, address);
}

import { bindable } from './bindable.ts';

const DAY_MS = 24 * 3_600_000;

export type IdentityKind = 'anonymous' | 'user';

/** The latest address that an anonymous or user id is known by. */
export interface Identity {
  kind: IdentityKind;
  id: string;
  email: string | null;
  phone: string | null;
}

/**
 * Keeps the latest address of each id. A new e-mail without a phone forgets the old phone, and the other way round:
 * on a shared device it is another person's, and keeping it would merge the two.
 */
export async function saveIdentities(
  db: D1Database,
  account: string,
  rows: readonly Identity[],
  nowMs: number,
): Promise<void> {
  const query = `INSERT INTO identities (account, kind, id, email, phone, updated_at)
    SELECT ?1, value ->> 'kind', value ->> 'id', value ->> 'email', value ->> 'phone', ?3 FROM json_each(?2) WHERE true
    ON CONFLICT (account, kind, id) DO UPDATE SET
      email = CASE WHEN excluded.email IS NULL AND phone <> excluded.phone THEN NULL ELSE coalesce(excluded.email, email) END,
      phone = CASE WHEN excluded.phone IS NULL AND email <> excluded.email THEN NULL ELSE coalesce(excluded.phone, phone) END,
      updated_at = excluded.updated_at
      -- Every event of a known visitor says the same: only news is worth a row, and once a day that it is still so.
      WHERE (excluded.email IS NOT NULL AND excluded.email IS NOT email)
        OR (excluded.phone IS NOT NULL AND excluded.phone IS NOT phone)
        OR updated_at < excluded.updated_at - ${DAY_MS}`;
  // One after the other: the later address of an id counts.
  for (const json of bindable(rows)) await db.prepare(query).bind(account, json, nowMs).run();
}

/** An anonymous id that was a visitor before they were this user: known by an e-mail address, or by the shop's user id. */
export interface Alias {
  id: string;
  email: string | null;
  user: string | null;
}

/**
 * Gives each anonymous id the address of its user, as far as that is known. An id that has an address keeps it: an alias
 * never makes two known people one.
 */
export async function saveAliases(
  db: D1Database,
  account: string,
  aliases: readonly Alias[],
  nowMs: number,
): Promise<void> {
  const query = `INSERT INTO identities (account, kind, id, email, phone, updated_at)
    SELECT ?1, 'anonymous', value ->> 'id', coalesce(value ->> 'email', user.email), user.phone, ?3
    FROM json_each(?2) LEFT JOIN identities AS user
      ON user.account = ?1 AND user.kind = 'user' AND user.id = value ->> 'user'
    WHERE coalesce(value ->> 'email', user.email, user.phone) IS NOT NULL
    ON CONFLICT (account, kind, id) DO NOTHING`;
  for (const json of bindable(aliases)) await db.prepare(query).bind(account, json, nowMs).run();
}

/** Looks many ids up at once. */
export async function readIdentities(
  db: D1Database,
  account: string,
  ids: readonly Pick<Identity, 'kind' | 'id'>[],
): Promise<Identity[]> {
  const query = `SELECT kind, id, email, phone FROM identities
    WHERE account = ?1 AND (kind, id) IN (SELECT value ->> 'kind', value ->> 'id' FROM json_each(?2))`;
  const reads = bindable(ids).map((json) => db.prepare(query).bind(account, json).all<Identity>());
  return (await Promise.all(reads)).flatMap(({ results }) => results);
}

/** Forgets links that nobody used for the time that the configuration sets. */
export async function deleteIdentitiesBefore(db: D1Database, beforeMs: number): Promise<void> {
  await db.prepare('DELETE FROM identities WHERE updated_at < ?1').bind(beforeMs).run();
}

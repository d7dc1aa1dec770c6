import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendDecisions } from '../../../src/consent/appendDecisions.ts';
import type { ChainHead } from '../../../src/consent/chain.ts';
import type { Decision } from '../../../src/consent/decision.ts';
import { latestDecisions } from '../../../src/consent/latestDecisions.ts';
import { knownAs } from '../../../src/consent/subjects.ts';
import { verifyLedger } from '../../../src/consent/verifyLedger.ts';
import type { LedgerKeys } from '../../../src/settings.ts';
import type { EntryRow } from '../../../src/store/ledgerEntries.ts';
import { migratedDatabase, sqliteD1 } from '../../model/support/sqliteD1.ts';

const AT_MS = Date.UTC(2027, 2, 1);
const old: LedgerKeys = { current: '1', keys: { 1: 'the-first-key-of-32-characters-!' } };
const keys: LedgerKeys = { current: '2', keys: { ...old.keys, 2: 'the-second-key-of-32-characters!' } };
const TABLES = ['subjects', 'ledger_entries', 'ledger_evidence', 'consent_state'];

let database: DatabaseSync;
let heads: Map<string, ChainHead>;

/** Three decisions of each person, the first under a key that was replaced since. */
beforeEach(async () => {
  database = migratedDatabase();
  // Whoever tampers with a database does not ask it.
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
  heads = new Map();
  for (const name of ['ada', 'grace', 'mary']) {
    await decide(name, 0, name === 'ada' ? old : keys);
    for (const n of [1, 2]) await decide(name, n, name === 'ada' ? old : keys);
  }
});

async function decide(name: string, n: number, by: LedgerKeys, account = 'main'): Promise<void> {
  const who = { email: `${name}@example.com`, anonymous_id: `anon-${name}` };
  const decisions = (await knownAs(account, who, by)).map(
    (known): Decision => ({
      ...known,
      purpose: 'tracking',
      decision: n === 1 ? 'denied' : 'granted',
      list: n === 2 ? 'DEMO01' : '',
      decidedAtMs: AT_MS + n,
      receivedAtMs: AT_MS + n,
      source: 'web',
      messageId: `m${n}`,
      evidence: { page: `/${n}` },
    }),
  );
  const appended = await appendDecisions(sqliteD1(database), account, decisions, by);
  if (!appended.ok) throw new Error(appended.reason);
  if (account === 'main') for (const head of appended.heads) heads.set(head.subject, head);
}

async function verify({ by = keys, after = '' } = {}) {
  const db = sqliteD1(database);
  const readHeads = async (from: string, limit: number) =>
    [...heads.values()]
      .filter(({ subject }) => subject > from)
      .sort((a, b) => (a.subject < b.subject ? -1 : 1))
      .slice(0, limit);
  return verifyLedger({ db, account: 'main', ledgerKeys: by, readHeads, after });
}

const rowsOf = (table: string) =>
  database.prepare(`SELECT * FROM ${table}`).all() as unknown as Record<string, SQLInputValue>[];

/** Applies a change, tells whether verifying finds it, and takes it back. */
async function isFound(change: () => void): Promise<boolean> {
  database.exec('SAVEPOINT before');
  change();
  const { breaks } = await verify();
  database.exec('ROLLBACK TO before; RELEASE before');
  return breaks.length > 0;
}

/** The same value but for one character, or one more. */
function spoil(value: SQLInputValue | undefined, at: number): SQLInputValue {
  if (typeof value === 'number') return value + 1000;
  const text = String(value ?? '');
  const place = text.length === 0 ? 0 : at % text.length;
  return `${text.slice(0, place)}${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`;
}

/** The same value with one bit of another byte flipped each time. */
function flipBits(value: SQLInputValue | undefined): SQLInputValue[] {
  // Bits that a time in milliseconds has, and a number of a row.
  if (typeof value === 'number')
    return Array.from({ length: 41 }, (_, bit) => Number(BigInt(value) ^ (1n << BigInt(bit))));
  const text = String(value ?? '');
  // The lowest bit of an ASCII character makes another one of it.
  return Array.from(
    text,
    (letter, at) => `${text.slice(0, at)}${String.fromCharCode(letter.charCodeAt(0) ^ 1)}${text.slice(at + 1)}`,
  );
}

/** Removes what came after an entry, and leaves what the rest adds up to: whoever cuts an end off knows the tables. */
function cutOff(subject: string, last: number): void {
  for (const table of ['ledger_entries', 'ledger_evidence'])
    database.prepare(`DELETE FROM ${table} WHERE subject = ? AND seq > ?`).run(subject, last);
  database.prepare('DELETE FROM consent_state WHERE subject = ?').run(subject);
  const rest = database.prepare('SELECT * FROM ledger_entries WHERE subject = ?').all(subject) as unknown as EntryRow[];
  for (const { purpose, list, decision, decided_at, seq } of latestDecisions(rest))
    database
      .prepare('INSERT INTO consent_state VALUES (?, ?, ?, ?, ?, ?)')
      .run(subject, purpose, list, decision, decided_at, seq);
}

const whereIs = (row: Record<string, SQLInputValue>) =>
  Object.keys(row)
    .map((column) => `${column} = ?`)
    .join(' AND ');

describe('verifying the ledger', () => {
  it('finds nothing in what was written, whichever key was current', async () => {
    expect(await verify()).toEqual({ subjects: 6, entries: 18, breaks: [], next: null });
  });

  it.each(TABLES)('finds every change of every column of every row of %s', async (table) => {
    const missed: unknown[] = [];
    for (const [index, row] of rowsOf(table).entries()) {
      for (const column of Object.keys(row)) {
        const value = spoil(row[column], index * 7 + column.length);
        const change = () =>
          void database
            .prepare(`UPDATE ${table} SET ${column} = ? WHERE ${whereIs(row)}`)
            .run(value, ...Object.values(row));
        if (!(await isFound(change))) missed.push([column, row[column], value]);
      }
    }
    expect([rowsOf(table).length > 5, missed]).toEqual([true, []]);
  });

  it.each(TABLES)('finds every row that is taken out of %s: the first, the last, and those between', async (table) => {
    const missed: unknown[] = [];
    for (const row of rowsOf(table)) {
      const remove = () =>
        void database.prepare(`DELETE FROM ${table} WHERE ${whereIs(row)}`).run(...Object.values(row));
      if (!(await isFound(remove))) missed.push(row);
    }
    expect(missed).toEqual([]);
  });

  it('finds an end that was cut off with all that belongs to it, and names where it was', async () => {
    const { subject } = rowsOf('subjects')[0] as { subject: string };
    for (const table of ['ledger_entries', 'ledger_evidence', 'consent_state'])
      database.prepare(`DELETE FROM ${table} WHERE subject = ? AND seq = 3`).run(subject);
    expect((await verify()).breaks).toEqual([{ subject, seq: 3, what: 'end_cut_off' }]);
  });

  it('finds a person who was removed without a trace in the database', async () => {
    const { subject } = rowsOf('subjects')[0] as { subject: string };
    for (const table of TABLES) database.prepare(`DELETE FROM ${table} WHERE subject = ?`).run(subject);
    expect((await verify()).breaks).toEqual([{ subject, seq: 0, what: 'chain_missing' }]);
  });

  it.each(TABLES)('finds a flipped bit in every byte of the last row that somebody has in %s', async (table) => {
    const row = rowsOf(table).at(-1) as Record<string, SQLInputValue>;
    const missed: unknown[] = [];
    let flips = 0;
    for (const [column, value] of Object.entries(row)) {
      for (const flipped of flipBits(value)) {
        flips += 1;
        // A number of a row that flips to that of another takes its place.
        const change = () =>
          void database
            .prepare(`UPDATE OR REPLACE ${table} SET ${column} = ? WHERE ${whereIs(row)}`)
            .run(flipped, ...Object.values(row));
        if (!(await isFound(change))) missed.push([column, value, flipped]);
      }
    }
    expect([flips > 100, missed]).toEqual([true, []]);
  });

  it('finds every end that was cut off, however long, though all that is derived from it was put right', async () => {
    const found: unknown[] = [];
    const subjects = rowsOf('subjects').map(({ subject }) => String(subject));
    for (const subject of subjects) {
      for (const last of [2, 1, 0]) {
        database.exec('SAVEPOINT before');
        cutOff(subject, last);
        found.push((await verify()).breaks);
        database.exec('ROLLBACK TO before; RELEASE before');
      }
    }
    const ended = (subject: string) => [{ subject, seq: 3, what: 'end_cut_off' }];
    const gone = (subject: string) => [{ subject, seq: 0, what: 'chain_missing' }];
    expect(found).toEqual(subjects.flatMap((subject) => [ended(subject), ended(subject), gone(subject)]));
  });

  it('finds everybody who was removed without a trace, one at a time', async () => {
    const found: unknown[] = [];
    const subjects = rowsOf('subjects').map(({ subject }) => String(subject));
    for (const subject of subjects) {
      database.exec('SAVEPOINT before');
      for (const table of TABLES) database.prepare(`DELETE FROM ${table} WHERE subject = ?`).run(subject);
      found.push((await verify()).breaks);
      database.exec('ROLLBACK TO before; RELEASE before');
    }
    expect(found).toEqual(subjects.map((subject) => [{ subject, seq: 0, what: 'chain_missing' }]));
  });

  it('finds an end that was changed where it is noted', async () => {
    const missed: unknown[] = [];
    for (const head of [...heads.values()]) {
      for (const change of [{ seq: head.seq - 1 }, { seq: head.seq + 1 }, { hash: spoil(head.hash, 5) as string }]) {
        heads.set(head.subject, { ...head, ...change });
        if ((await verify()).breaks.length === 0) missed.push([head, change]);
        heads.set(head.subject, head);
      }
    }
    expect(missed).toEqual([]);
  });

  it("looks at its own account's people only", async () => {
    await decide('other', 0, keys, 'second');
    expect(await verify()).toEqual({ subjects: 6, entries: 18, breaks: [], next: null });
  });

  it('says of whom it lacks the key', async () => {
    const { breaks } = await verify({ by: { current: '2', keys: { 2: String(keys.keys[2]) } } });
    expect(breaks.map(({ what }) => what)).toEqual(['key_missing', 'key_missing']);
  });

  it('goes page by page, and misses nobody on the way', async () => {
    for (let n = 0; n < 120; n++) await decide(`p${n}`, 0, keys);
    database.exec('DELETE FROM ledger_entries WHERE subject = (SELECT max(subject) FROM subjects)');
    const pages = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: Awaited<ReturnType<typeof verify>> = await verify({ after });
      pages.push(page);
      after = page.next;
    }
    expect(pages.map(({ subjects, breaks }) => [subjects, breaks.map(({ what }) => what)])).toEqual([
      [100, []],
      [100, []],
      [46, ['chain_missing']],
    ]);
  });
});

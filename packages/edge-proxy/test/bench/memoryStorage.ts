import type { Ground } from '../../src/deliver/Ground.ts';

type Value = string | number | null;
type Row = Record<string, Value>;
type Statement = (bindings: Value[], query: string) => Row[];

/**
 * A storage of plain objects, for what delivery costs besides SQLite. It knows the statements of the way from inbox to
 * outcome by their beginnings; any other throws, so that the bench says when it has fallen behind.
 */
export function memoryStorage(): Ground['storage'] {
  const statements = [...inboxStatements(), ...jobStatements(), ...onceStatements(), ...otherStatements()];
  const known = new Map<string, Statement>();
  const find = (query: string): Statement => {
    const text = query.replaceAll(/\s+/g, ' ').trim();
    const [, statement] = statements.find(([beginning]) => text.startsWith(beginning)) ?? [];
    if (!statement) throw new Error(`test/bench/memoryStorage.ts does not know: ${text}`);
    known.set(query, statement);
    return statement;
  };
  const kv = new Map<string, unknown>();
  const storage = {
    sql: {
      databaseSize: 0,
      exec: (query: string, ...bindings: Value[]) => cursor((known.get(query) ?? find(query))(bindings, query)),
    },
    kv: {
      get: (key: string) => kv.get(key),
      put: (key: string, value: unknown) => void kv.set(key, value),
      delete: (key: string) => kv.delete(key),
    },
    transactionSync: <T>(change: () => T) => change(),
  };
  // The parts that the way from inbox to outcome uses.
  return storage as unknown as Ground['storage'];
}

const cursor = (rows: Row[]) => ({ toArray: () => rows, one: () => rows[0], [Symbol.iterator]: () => rows.values() });

const nothing: Statement = () => [];

function inboxStatements(): [string, Statement][] {
  const inbox = new Map<number, Row>();
  let seq = 0;
  return [
    [
      'INSERT INTO inbox',
      ([lane = null, grp = null, items = null, count = 0, urgent = 0, stored_at = 0]) => {
        seq += 1;
        inbox.set(seq, { seq, lane, grp, items, count, urgent, stored_at, cursor: 0 });
        return [{ bytes: String(items).length }];
      },
    ],
    [
      'SELECT lane, grp, sum(count - cursor)',
      () => [...Map.groupBy(inbox.values(), ({ lane, grp }) => `${lane} ${grp}`).values()].map(sumGroup),
    ],
    [
      'SELECT seq, items, octet_length(items) AS bytes, count, cursor, urgent FROM inbox',
      ([lane, grp]) =>
        [...inbox.values()]
          .filter((row) => row.lane === lane && row.grp === grp)
          .map((row) => ({ ...row, bytes: String(row.items).length })),
    ],
    [
      'SELECT stored_at AS oldestMs FROM inbox',
      ([lane, grp]) => {
        const row = [...inbox.values()].find((each) => each.lane === lane && each.grp === grp);
        return [{ oldestMs: row?.stored_at ?? 0 }];
      },
    ],
    ['DELETE FROM inbox', ([id]) => remove(inbox, id)],
    [
      'UPDATE inbox SET cursor',
      ([at = 0, id]) => {
        Object.assign(inbox.get(Number(id)) ?? {}, { cursor: at });
        return [];
      },
    ],
  ];
}

function sumGroup(rows: Row[]): Row {
  const [{ lane = null, grp = null } = {}] = rows;
  const left = (row: Row) => Number(row.count) - Number(row.cursor);
  return {
    lane,
    grp,
    items: rows.reduce((sum, row) => sum + left(row), 0),
    bytes: rows.reduce((sum, row) => sum + (String(row.items).length * left(row)) / Number(row.count), 0),
    oldestMs: Math.min(...rows.map((row) => Number(row.stored_at))),
    urgentRows: rows.reduce((sum, row) => sum + Number(row.urgent), 0),
  };
}

function jobStatements(): [string, Statement][] {
  const jobs = new Map<number, Row>();
  let lastId = 0;
  const sums = (value: (row: Row) => number): Row[] =>
    [...Map.groupBy(jobs.values(), ({ lane }) => lane)].map(([lane = null, rows]) => ({
      lane,
      n: rows.reduce((sum, row) => sum + value(row), 0),
    }));
  return [
    [
      'INSERT INTO jobs',
      ([
        lane = null,
        items = null,
        count = 0,
        attempts = 0,
        next_at = 0,
        created_at = 0,
        received_at = 0,
        run = '',
      ]) => {
        lastId += 1;
        const settling = null;
        jobs.set(lastId, {
          id: lastId,
          lane,
          items,
          count,
          attempts,
          nextMs: next_at,
          createdMs: created_at,
          place: lastId,
          receivedMs: received_at,
          run,
          settling,
          askedSeq: 0,
        });
        return [{ id: lastId, bytes: String(items).length }];
      },
    ],
    ['SELECT id, lane, attempts, next_at', () => [...jobs.values()]],
    ['SELECT items FROM jobs', ([id]) => [jobs.get(Number(id)) ?? {}]],
    ['SELECT lane, sum(count) AS n FROM jobs', () => sums(({ count }) => Number(count))],
    ['SELECT lane, sum(count > 1 OR', () => sums(() => 1).map((row) => ({ ...row, ready: row.n ?? 0 }))],
    ['DELETE FROM jobs', ([id]) => remove(jobs, id)],
  ];
}

function onceStatements(): [string, Statement][] {
  const claims = new Map<string, string>();
  return [
    ['CREATE TABLE IF NOT EXISTS once_', nothing],
    ["SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'once_", () => [{ name: 'once_0' }]],
    [
      'SELECT claims FROM once_',
      ([key]) => (claims.has(String(key)) ? [{ claims: claims.get(String(key)) ?? '' }] : []),
    ],
    [
      'INSERT OR REPLACE INTO once_',
      ([key, value]) => {
        claims.set(String(key), String(value));
        return [];
      },
    ],
  ];
}

function otherStatements(): [string, Statement][] {
  const calls = new Map<number, Row>();
  const minutes = new Map<string, Row>();
  return [
    [
      'UPDATE calls SET operation',
      ([operation = null, sentMs = 0, before]) => {
        const [id, row] = [...calls].find(([, call]) => Number(call.answeredMs ?? Infinity) < Number(before)) ?? [];
        if (id === undefined || !row) return [];
        calls.set(id, { operation, sentMs, answeredMs: null });
        return [{ id }];
      },
    ],
    [
      'INSERT INTO calls',
      ([operation = null, sentMs = 0]) => {
        calls.set(calls.size, { operation, sentMs, answeredMs: null });
        return [{ id: calls.size - 1 }];
      },
    ],
    [
      'UPDATE calls SET answered_at = ? WHERE id',
      ([answeredMs = 0, id]) => {
        Object.assign(calls.get(Number(id)) ?? {}, { answeredMs });
        return [];
      },
    ],
    ['SELECT sent_at AS sentMs', ([operation]) => [...calls.values()].filter((call) => call.operation === operation)],
    [
      'INSERT INTO minutes',
      ([, lane = null, outcome = null, reason = null, n = 0]) => {
        const key = [lane, outcome, reason].join(' ');
        const before = Number(minutes.get(key)?.n ?? 0);
        minutes.set(key, { lane, outcome, reason, n: before + Number(n) });
        return [];
      },
    ],
    ['SELECT lane, outcome, reason, sum(n) AS n FROM (', () => [...minutes.values()]],
    ['INSERT INTO answers', nothing],
    // What opens a delivery, and what its figures ask for besides.
    ['CREATE TABLE', nothing],
    ['SELECT 1 FROM sqlite_schema', nothing],
    ['SELECT seq FROM sqlite_sequence', nothing],
    ['SELECT max(id) AS id FROM jobs', () => [{ id: null }]],
    ['PRAGMA table_info', () => [{ name: 'run' }, { name: 'place' }, { name: 'asked_seq' }, { name: 'reason' }]],
    ['UPDATE calls SET answered_at = ? WHERE answered_at IS NULL', nothing],
    ['SELECT operation, status, within_ms', nothing],
    ['SELECT minute_at AS minuteMs', nothing],
  ];
}

function remove(table: Map<number, Row>, id: Value | undefined): Row[] {
  table.delete(Number(id));
  return [];
}

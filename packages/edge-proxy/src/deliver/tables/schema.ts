/**
 * The Dispatcher's tables. `items` columns hold one JSON item a line, and stand last: what follows a long text in a row
 * can only be read by walking through all its pages. `v` is the shape's version.
 * Times are epoch milliseconds. Each row written is billed, and each row of an index again: docs/results/bench-cost.md.
 * The tables of what may happen once only are made as their time comes: tables/once.ts.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS inbox (
  seq INTEGER PRIMARY KEY,
  v INTEGER NOT NULL,
  lane TEXT NOT NULL,
  grp TEXT NOT NULL,
  count INTEGER NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0,
  urgent INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  items TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS inbox_by_lane ON inbox (lane, grp, seq);

CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  v INTEGER NOT NULL,
  lane TEXT NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  settling TEXT,
  run TEXT NOT NULL DEFAULT '',
  place INTEGER,
  asked_seq INTEGER NOT NULL DEFAULT 0,
  items TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS heads (
  subject TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS blocked (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  list TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS opt_outs (
  id TEXT PRIMARY KEY,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  dead_at INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS dead_letters (
  id TEXT NOT NULL,
  v INTEGER NOT NULL,
  lane TEXT NOT NULL,
  item TEXT NOT NULL,
  reason TEXT NOT NULL,
  error TEXT,
  attempts INTEGER NOT NULL,
  died_at INTEGER NOT NULL,
  PRIMARY KEY (id, died_at)
) STRICT;
CREATE INDEX IF NOT EXISTS dead_letters_by_age ON dead_letters (died_at, id);

CREATE TABLE IF NOT EXISTS copies (
  key TEXT PRIMARY KEY,
  stored_at INTEGER NOT NULL,
  item TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS read_backs (
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  repairs INTEGER NOT NULL DEFAULT 0,
  lists TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS own_opt_outs (
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  answered_at INTEGER NOT NULL,
  PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY,
  operation TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  answered_at INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS counters (
  lane TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  n INTEGER NOT NULL,
  PRIMARY KEY (lane, outcome, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS minutes (
  minute_at INTEGER NOT NULL,
  lane TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (minute_at, lane, outcome, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS answers (
  minute_at INTEGER NOT NULL,
  operation TEXT NOT NULL,
  status TEXT NOT NULL,
  within_ms INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (minute_at, operation, status, within_ms)
) STRICT, WITHOUT ROWID;
`;

/** Creates what is missing. */
export function createTables(sql: SqlStorage): void {
  // An earlier release counted every outcome in the sums too, so its minutes are only figures.
  if (hasTable(sql, 'minutes') && !hasColumn(sql, 'minutes', 'reason')) sql.exec('DROP TABLE minutes');
  sql.exec(SCHEMA);
  // Jobs of an earlier release have no run, and need none: the lanes of then had but one.
  if (!hasColumn(sql, 'jobs', 'run')) sql.exec("ALTER TABLE jobs ADD COLUMN run TEXT NOT NULL DEFAULT ''");
  if (!hasColumn(sql, 'jobs', 'place')) sql.exec('ALTER TABLE jobs ADD COLUMN place INTEGER');
  // Jobs of an earlier release were frozen before there was any block, and have heard of none.
  if (!hasColumn(sql, 'jobs', 'asked_seq'))
    sql.exec('ALTER TABLE jobs ADD COLUMN asked_seq INTEGER NOT NULL DEFAULT 0');
}

function hasTable(sql: SqlStorage, table: string): boolean {
  return sql.exec("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table).toArray().length > 0;
}

function hasColumn(sql: SqlStorage, table: string, column: string): boolean {
  const columns = sql.exec<{ name: string }>(`PRAGMA table_info(${table})`).toArray();
  return columns.some(({ name }) => name === column);
}

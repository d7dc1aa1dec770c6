/**
 * The Dispatcher's tables. `items` columns hold one JSON item a line; `v` is the shape's version.
 * Times are epoch milliseconds.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  v INTEGER NOT NULL,
  lane TEXT NOT NULL,
  grp TEXT NOT NULL,
  items TEXT NOT NULL,
  count INTEGER NOT NULL,
  cursor INTEGER NOT NULL DEFAULT 0,
  urgent INTEGER NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS inbox_by_lane ON inbox (lane, grp, seq);

CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  v INTEGER NOT NULL,
  lane TEXT NOT NULL,
  items TEXT NOT NULL,
  count INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  settling TEXT
) STRICT;

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

CREATE TABLE IF NOT EXISTS once (
  metric TEXT NOT NULL,
  unique_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (metric, unique_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS once_by_age ON once (seen_at);

CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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
`;

/** Creates what is missing. */
export function createTables(sql: SqlStorage): void {
  sql.exec(SCHEMA);
}

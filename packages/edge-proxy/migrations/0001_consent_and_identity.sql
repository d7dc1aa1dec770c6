-- The consent ledger: append-only. Subjects are HMACs of normalised identifiers, so the trail outlives erasure.
CREATE TABLE subjects (
  subject TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'external', 'anonymous')),
  key_version TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_entries (
  subject TEXT NOT NULL REFERENCES subjects (subject),
  seq INTEGER NOT NULL CHECK (seq > 0),
  v INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('tracking', 'email', 'sms')),
  decision TEXT NOT NULL CHECK (decision IN ('granted', 'denied')),
  list TEXT NOT NULL DEFAULT '',
  decided_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  message_id TEXT NOT NULL,
  evidence_hash TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;

-- A request that is sent again must not write a second entry.
CREATE UNIQUE INDEX ledger_entries_once ON ledger_entries (subject, message_id, purpose, list);

-- What the person saw. Erasable: the chain holds only its salted hash.
CREATE TABLE ledger_evidence (
  subject TEXT NOT NULL,
  seq INTEGER NOT NULL,
  salt TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;

-- What the entries add up to, kept in the same batch as the entry.
CREATE TABLE consent_state (
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  list TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (subject, purpose, list)
) STRICT, WITHOUT ROWID;

-- The identity graph: an anonymous or user id to its latest address, never further.
CREATE TABLE identities (
  account TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('anonymous', 'user')),
  id TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_age ON identities (updated_at);

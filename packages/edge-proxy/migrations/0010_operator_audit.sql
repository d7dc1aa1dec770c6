-- Who changed what by hand, and what it came to; without an outcome it was cut off. No personal data: it outlives erasures.
CREATE TABLE operator_audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  outcome TEXT
) STRICT;

-- How far each look at Klaviyo has come: what happened since `since` is still to be read; `started` and `page` of one under way.
CREATE TABLE reconcile_cursors (
  account TEXT NOT NULL,
  feed TEXT NOT NULL,
  since INTEGER NOT NULL,
  started INTEGER,
  page TEXT,
  PRIMARY KEY (account, feed)
) STRICT, WITHOUT ROWID;

-- What Klaviyo was last seen to make of a sign-up: a request that comes again is answered with it.
CREATE TABLE subscription_status (
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  list TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'subscribed')),
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (subject, purpose, list)
) STRICT, WITHOUT ROWID;

-- One id for a yes and a later no is a client's mistake, and no reason to lose the no.
DROP INDEX ledger_entries_once;
CREATE UNIQUE INDEX ledger_entries_once ON ledger_entries (subject, message_id, purpose, list, decision);

-- Retention reads the whole table once a day instead: each row of an index is billed like a row of a table.
DROP INDEX identities_by_age;

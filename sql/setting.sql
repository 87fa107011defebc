-- Settings of a ledger that the program itself reads.

-- name: setting_find
-- takes: name text
SELECT value FROM setting WHERE name = :name;
